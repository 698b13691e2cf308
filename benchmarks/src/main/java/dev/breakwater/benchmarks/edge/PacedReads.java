package dev.breakwater.benchmarks.edge;

import dev.breakwater.benchmarks.OpenLoop;
import dev.breakwater.benchmarks.http.KeptConnections;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.HdrHistogram.ConcurrentHistogram;

/** Readers who come at a rate until this is closed, with one request after another. */
final class PacedReads implements AutoCloseable {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KeptConnections connections;
    private final List<byte[]> requests;
    private final AtomicInteger begun = new AtomicInteger();
    private final Thread arrivals;
    private volatile Phase phase = new Phase();
    private volatile boolean over;

    /** What became of those who came in a certain time. */
    static final class Phase {

        private final ConcurrentHistogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
        private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

        /** How many were answered with 200. */
        long done() {
            return micros.getTotalCount();
        }

        long failed() {
            return failures.values().stream().mapToLong(LongAdder::sum).sum();
        }

        /** How often what went wrong; empty if nothing did. */
        String failures() {
            return failures.entrySet().stream()
                    .map(failure -> "%d × %s".formatted(failure.getValue().sum(), failure.getKey()))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }

        double p99Millis() {
            return micros.getValueAtPercentile(99) / 1e3;
        }
    }

    /** @param perSecond how many come, a divisor of a thousand */
    PacedReads(int port, List<byte[]> requests, int perSecond) {
        this.connections = new KeptConnections(port, PATIENCE);
        this.requests = requests;
        arrivals = Thread.ofPlatform()
                .name("readers")
                .start(() -> new OpenLoop(1, 1_000 / perSecond).come(_ -> !over, this::read));
    }

    private void read(long due) {
        var now = phase;
        try {
            var answer = connections.call(requests.get(Math.floorMod(begun.getAndIncrement(), requests.size())));
            if (answer.status() == 200) {
                now.micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - due) / 1_000));
            } else {
                failed(now, "%d %s".formatted(answer.status(), answer.code()));
            }
        } catch (IOException | RuntimeException e) {
            failed(now, e.toString());
        }
    }

    private static void failed(Phase phase, String how) {
        phase.failures.computeIfAbsent(how, _ -> new LongAdder()).increment();
    }

    /** Ends the phase and begins the next; a read belongs to the one in which it came. */
    Phase next() {
        var ended = phase;
        phase = new Phase();
        return ended;
    }

    /** Returns when all have been answered. */
    @Override
    public void close() throws IOException, InterruptedException {
        over = true;
        arrivals.join();
        connections.close();
    }
}
