package dev.breakwater.benchmarks.http;

import dev.breakwater.platform.servers.Folders;
import dev.breakwater.platform.servers.LocalProcess;
import dev.breakwater.platform.servers.Program;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A process that serves, started and ready; it ends with this JVM at the latest. */
public final class ServingProcess implements AutoCloseable {

    /**
     * A JVM that serves and has 512 MB of heap on two cores: the collector and the object headers with which the suite
     * runs its services. At the edge cache it answers a quarter more than with what the JDK chooses by itself, G1.
     */
    public static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders");

    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private final Path folder;
    private final LocalProcess process;
    private final Thread lastResort;

    /**
     * @param program is told the folder that it may have, which goes with it
     * @throws dev.breakwater.platform.servers.CannotStartException when it ends, or is not ready in time
     */
    public ServingProcess(String name, Function<Path, Program> program) throws IOException, InterruptedException {
        folder = Files.createTempDirectory(name);
        process = new LocalProcess(program.apply(folder), folder.resolve("log"));
        lastResort = new Thread(process::kill);
        Runtime.getRuntime().addShutdownHook(lastResort);
        process.start();
        try {
            process.awaitReady(LONGEST_START);
        } catch (InterruptedException | RuntimeException e) {
            stop();
            throw e;
        }
    }

    /** @param port where it answers 200 to {@code path} over HTTP as soon as it is ready */
    public ServingProcess(String name, List<String> command, int port, String path)
            throws IOException, InterruptedException {
        this(
                name,
                folder -> new Program(
                        name, port, command, Map.of(), folder, where -> status(where, path) == 200, LONGEST_STOP));
    }

    public LocalProcess process() {
        return process;
    }

    private static int status(int port, String path) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://localhost:" + port + path).toURL().openConnection();
        return connection.getResponseCode();
    }

    /** Of one that could not start, the log stays. */
    @Override
    public void close() throws IOException {
        stop();
        Folders.delete(folder);
    }

    private void stop() {
        process.stop();
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook runs or ran.
            return;
        }
    }
}
