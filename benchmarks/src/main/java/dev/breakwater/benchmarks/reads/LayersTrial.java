package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.Finding;
import dev.breakwater.benchmarks.Trial;
import dev.breakwater.benchmarks.reads.LayerCosts.Frame;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What each filter and each other layer of the gateway costs a call that goes on to a service: the flight recorder's
 * samples of processor time (JEP 509), which see the kernel's part as well.
 */
public final class LayersTrial implements Trial {

    private static final Duration UNTIL_COMPILED = Duration.ofSeconds(40);
    private static final Duration LENGTH = Duration.ofSeconds(30);
    /** Deeper than any stack of a request. */
    private static final int STACK_DEPTH = 256;

    @Override
    public String name() {
        return "layers";
    }

    @Override
    public String question() {
        return "processor time of gateway-service for a GET %s, by filter and layer, each without what it calls the next one for"
                .formatted(ProxyBenchmark.PATH);
    }

    @Override
    public List<Finding> run(Consumer<String> progress) throws Exception {
        var wrk = Wrk.find();
        var recording = Files.createTempFile("layers", ".jfr");
        var settings = Files.createTempFile("layers", ".jfc");
        try (var own = Objects.requireNonNull(LayersTrial.class.getResourceAsStream("/reads/layers.jfc"))) {
            Files.write(settings, own.readAllBytes());
        }
        try (var shop = ShopServer.gateway()) {
            var page = URI.create("http://localhost:" + shop.port() + ProxyBenchmark.PATH);
            progress.accept("warming up, %d s".formatted(UNTIL_COMPILED.toSeconds()));
            wrk.run(page, UNTIL_COMPILED);
            jcmd(shop.pid(), "JFR.configure", "stackdepth=" + STACK_DEPTH);
            jcmd(shop.pid(), "JFR.start", "name=layers", "settings=" + settings);
            progress.accept("recording, %d s".formatted(LENGTH.toSeconds()));
            var before = processorTime(shop.pid());
            var round = wrk.run(page, LENGTH);
            var used = processorTime(shop.pid()).minus(before);
            jcmd(shop.pid(), "JFR.stop", "name=layers", "filename=" + recording);
            return findings(costs(recording), used.toNanos() / 1e3 / round.done());
        } finally {
            Files.delete(recording);
            Files.delete(settings);
        }
    }

    private static List<Finding> findings(LayerCosts costs, double microsEach) {
        var findings = new ArrayList<Finding>();
        findings.add(Finding.told("a call", micros(microsEach)));
        findings.add(Finding.told("samples", String.format(Locale.ROOT, "%,d", costs.samples())));
        costs.shares()
                .forEach((layer, share) -> findings.add(Finding.told(
                        layer, micros(share * microsEach) + String.format(Locale.ROOT, ", %.1f %%", 100 * share))));
        return findings;
    }

    private static String micros(double micros) {
        return String.format(Locale.ROOT, "%.1f µs", micros);
    }

    private static LayerCosts costs(Path recording) throws IOException {
        var costs = new LayerCosts();
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.CPUTimeSample")) {
                    costs.add(stack(event));
                }
            }
        }
        if (costs.samples() == 0) {
            throw new IllegalStateException("the recording has no samples of processor time");
        }
        return costs;
    }

    private static List<Frame> stack(RecordedEvent sample) {
        var trace = sample.getStackTrace();
        return trace == null
                ? List.of()
                : trace.getFrames().stream()
                        .map(frame -> frame.getMethod())
                        .map(method -> new Frame(method.getType().getName(), method.getName()))
                        .toList();
    }

    private static Duration processorTime(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    private static void jcmd(long pid, String... command) throws IOException, InterruptedException {
        var all = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        all.addAll(List.of(command));
        var process = new ProcessBuilder(all).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("%s failed: %s".formatted(command[0], said.strip()));
        }
    }
}
