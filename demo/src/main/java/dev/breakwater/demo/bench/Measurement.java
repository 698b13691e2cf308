package dev.breakwater.demo.bench;

import dev.breakwater.demo.launch.RunFolder;
import dev.breakwater.platform.servers.CannotStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A measurement in a process of its own. What it is told is read by the measurement itself, {@code --help} included, so
 * that each option is described in one place.
 */
final class Measurement {

    private static final int LONGEST_STOP_SECONDS = 20;

    private Measurement() {}

    static int run(String what, List<String> arguments) throws IOException, InterruptedException {
        // Not the system's own, which may lie in memory: a flush would cost nothing there.
        var temporary = Files.createDirectories(RunFolder.home().resolve("bench"));
        var builder = new ProcessBuilder(command(RunFolder.repository(), temporary, what, arguments)).inheritIO();
        // Those of the kept figures, whether there is Docker or not.
        builder.environment().putIfAbsent("BREAKWATER_SERVERS", "embedded");
        var bench = builder.start();
        // An interrupt reaches both; the measurement ends its servers, and the prompt comes back after that.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(bench)));
        return bench.waitFor();
    }

    private static List<String> command(Path repository, Path temporary, String what, List<String> arguments) {
        var target = repository.resolve("benchmarks/target");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + temporary,
                "-Dbreakwater.repository=" + repository,
                "-cp",
                jar(target) + ":" + target.resolve("lib") + "/*",
                "dev.breakwater.benchmarks.Bench",
                what));
        command.addAll(arguments);
        return command;
    }

    private static Path jar(Path target) {
        try (var jars = Files.newDirectoryStream(target, "benchmarks-*.jar")) {
            for (var jar : jars) {
                return jar;
            }
        } catch (IOException e) {
            throw new CannotStartException("%s cannot be read: %s.".formatted(target, e.getMessage()), e);
        }
        throw new CannotStartException("The benchmarks are not built; run ./mvnw -DskipTests package.");
    }

    private static void end(Process bench) {
        bench.destroy();
        try {
            if (!bench.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                bench.destroyForcibly();
            }
        } catch (InterruptedException e) {
            bench.destroyForcibly();
        }
    }
}
