package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.Round;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/** wrk (github.com/wg/wrk) as the clients: so many connections, each with a call under way all the time. */
final class Wrk {

    private static final int THREADS = 2;
    private static final int CONNECTIONS = 64;
    private static final String SCRIPT = "/reads/report.lua";
    private static final Pattern TOTALS =
            Pattern.compile("requests (\\d+) micros (\\d+) unanswered (\\d+) refused (\\d+)");
    private static final Pattern LATENCY = Pattern.compile("latency (\\d+)");

    private final Path program;
    private final Path script;
    private final List<String> arguments;
    private final Expected expected;

    /** How all calls are to be answered. */
    enum Expected {
        FOUND,
        REFUSED
    }

    private Wrk(Path program, Path script, List<String> arguments, Expected expected) {
        this.program = program;
        this.script = script;
        this.arguments = arguments;
        this.expected = expected;
    }

    /**
     * For one page.
     *
     * @throws dev.breakwater.platform.servers.CannotStartException when it is not installed
     */
    static Wrk find() throws IOException {
        return find(List.of(), Expected.FOUND);
    }

    /**
     * For any of so many pages, whose number follows what is asked for.
     *
     * @throws dev.breakwater.platform.servers.CannotStartException when it is not installed
     */
    static Wrk ofAny(int pages, Expected expected) throws IOException {
        return find(List.of("--", Integer.toString(pages)), expected);
    }

    private static Wrk find(List<String> arguments, Expected expected) throws IOException {
        var program = require();
        var script = Files.createTempFile("wrk", ".lua");
        script.toFile().deleteOnExit();
        try (InputStream report = Objects.requireNonNull(Wrk.class.getResourceAsStream(SCRIPT))) {
            Files.write(script, report.readAllBytes());
        }
        return new Wrk(program, script, arguments, expected);
    }

    static Path require() {
        return Tools.find("wrk", "Debian and Ubuntu: apt install wrk; macOS: brew install wrk");
    }

    /** @throws IllegalStateException when not every call was answered as expected */
    Round run(URI page, Duration length) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                program.toString(),
                "-t" + THREADS,
                "-c" + CONNECTIONS,
                "-d" + Math.max(1, length.toSeconds()) + "s",
                // The first calls of a server that is not compiled yet may take longer than the two seconds that are
                // usual.
                "--timeout",
                "10s",
                "-s",
                script.toString(),
                page.toString()));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("wrk failed: " + said.strip());
            }
            return parse(said, expected);
        } finally {
            process.destroy();
        }
    }

    /** @param said by wrk with our script, whose lines stand among wrk's own */
    static Round parse(String said, Expected expected) {
        var totals = TOTALS.matcher(said);
        if (!totals.find()) {
            throw new IllegalStateException("wrk told no totals: " + said.strip());
        }
        var done = number(totals.group(1));
        var wanted = expected == Expected.FOUND ? 0 : done;
        if (number(totals.group(3)) > 0 || number(totals.group(4)) != wanted) {
            throw new IllegalStateException("of %s calls %s were not answered and %s answered with an error"
                    .formatted(totals.group(1), totals.group(3), totals.group(4)));
        }
        var latencies = LATENCY.matcher(said).results().toList();
        var micros = new Histogram(3);
        // Each stands for as many calls as the others.
        latencies.forEach(
                latency -> micros.recordValueWithCount(number(latency.group(1)), Math.max(1, done / latencies.size())));
        return new Round(done, Duration.ofNanos(1_000 * number(totals.group(2))), micros);
    }

    private static long number(String digits) {
        return Long.parseLong(digits);
    }
}
