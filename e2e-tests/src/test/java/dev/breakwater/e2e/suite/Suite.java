package dev.breakwater.e2e.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** All processes of the suite, started, asked and ended by the real {@code ./breakwater}, on ports of their own. */
public final class Suite implements AutoCloseable {

    /** For work on the tests: they use a suite that is up already, and leave it up. */
    private static final String ATTACH = "breakwater.e2e.port-offset";

    private static final int[] PORTS = {
        8080, 8761, 8081, 8091, 8082, 8092, 8083, 8093, 8084, 9080, 9761, 9081, 9091, 9082, 9092, 9083, 9093, 9084,
        13306, 16379, 19092, 19093
    };

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    /** Below target: the caches that the first start makes are there for the next, until the next clean. */
    private static final Path HOME = Path.of("target", "breakwater").toAbsolutePath();

    private final int portOffset;
    private final boolean own;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Suite(int portOffset, boolean own) {
        this.portOffset = portOffset;
        this.own = own;
    }

    /** What a command printed, and how it ended. */
    public record Ran(int status, String output) {}

    static Suite start() {
        var attached = Integer.getInteger(ATTACH);
        if (attached != null) {
            return new Suite(attached, false);
        }
        var suite = new Suite(freeOffset(), true);
        Runtime.getRuntime().addShutdownHook(new Thread(suite::close, "down"));
        var up = suite.run("up", "--detach");
        if (up.status() != 0) {
            throw new IllegalStateException(
                    "./breakwater up ended with %d:%n%s%n%s".formatted(up.status(), up.output(), suite.logTails()));
        }
        System.out.println(up.output());
        return suite;
    }

    /** The repository that is tested. */
    public static Path repository() {
        return REPOSITORY;
    }

    public URI gateway() {
        return URI.create("http://localhost:" + port(8080));
    }

    /** Where this suite has what the demo has at {@code demoPort}. */
    public int port(int demoPort) {
        return demoPort + portOffset;
    }

    /** {@code ./breakwater stop}: it stays down until {@link #startAgain}. */
    public void stop(String service) {
        runWell("stop", service);
    }

    /** {@code ./breakwater start}; returns when it is wanted, not yet when it serves. */
    public void startAgain(String service) {
        runWell("start", service);
    }

    /** The process id of a member, such as {@code order-service/2}, as {@code status} shows it. */
    public long pid(String member) {
        var row = Pattern.compile("^\\s*" + Pattern.quote(member) + "\\s+\\d+\\s+(\\d+)\\s", Pattern.MULTILINE)
                .matcher(runWell("status"));
        if (!row.find()) {
            throw new IllegalStateException(member + " is not running.");
        }
        return Long.parseLong(row.group(1));
    }

    public boolean allReady() {
        var rows = runWell("status")
                .lines()
                .filter(line -> line.matches("\\s+\\S+\\s+\\d{4,5}\\s.*"))
                .toList();
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.matches(".* ready(,.*)?"));
    }

    /** Any command of {@code ./breakwater}, for this suite. */
    public Ran run(String... arguments) {
        var command = new ArrayList<String>();
        command.add(REPOSITORY.resolve("breakwater").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("--port-offset", Integer.toString(portOffset)));
        try {
            // A file, not a pipe: what a detached suite inherits must not keep this process waiting.
            var output = Files.createTempFile("breakwater-e2e", ".out");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            if (own) {
                builder.environment().put("BREAKWATER_HOME", HOME.toString());
            }
            builder.environment().put("BREAKWATER_BUILD", "off");
            var process = builder.start();
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                process.destroy();
                throw new IllegalStateException(String.join(" ", command) + " does not end.");
            }
            var said = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return new Ran(process.exitValue(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The last lines of every log, for whoever has to find out why a test failed. */
    public String logTails() {
        var tails = new StringBuilder();
        var logs = HOME.resolve("run-" + portOffset).resolve("logs");
        if (!Files.isDirectory(logs)) {
            return "";
        }
        try (var files = Files.list(logs)) {
            for (var log : files.sorted().toList()) {
                var lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
                tails.append("==> ").append(log.getFileName()).append(" <==\n");
                lines.subList(Math.max(0, lines.size() - 15), lines.size())
                        .forEach(line -> tails.append(line).append('\n'));
            }
        } catch (IOException e) {
            tails.append(e).append('\n');
        }
        return tails.toString();
    }

    @Override
    public void close() {
        if (own && ended.compareAndSet(false, true)) {
            System.out.println(run("down").output());
        }
    }

    private String runWell(String... arguments) {
        var ran = run(arguments);
        if (ran.status() != 0) {
            throw new IllegalStateException("./breakwater %s ended with %d: %s"
                    .formatted(String.join(" ", arguments), ran.status(), ran.output()));
        }
        return ran.output();
    }

    /** Below the ports that systems hand out to clients. */
    private static int freeOffset() {
        for (var attempt = 0; attempt < 100; attempt++) {
            var offset = ThreadLocalRandom.current().nextInt(200, 13_000);
            if (isFree(offset)) {
                return offset;
            }
        }
        throw new IllegalStateException("No free ports for a suite.");
    }

    private static boolean isFree(int offset) {
        for (var port : PORTS) {
            try (var socket = new ServerSocket(port + offset, 1, InetAddress.getLoopbackAddress())) {
                socket.getLocalPort();
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
