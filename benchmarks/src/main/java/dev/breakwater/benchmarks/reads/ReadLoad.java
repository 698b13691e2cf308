package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.OpenLoop;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.HdrHistogram.ConcurrentHistogram;

/** Readers of any product at any place, who come at a rate until this is closed. */
final class ReadLoad implements AutoCloseable {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    private final List<Place> places;
    private final List<String> skus;
    private final Thread arrivals;
    private volatile Phase phase = new Phase();
    private volatile boolean over;

    /** What happened to those who came in a certain time. */
    static final class Phase {

        private final ConcurrentHistogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
        private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

        /** How many were answered as they should. */
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

        ConcurrentHistogram micros() {
            return micros;
        }
    }

    /** @param perSecond how many come, a divisor of a thousand */
    ReadLoad(List<Place> places, List<String> skus, int perSecond) {
        this.places = places;
        this.skus = skus;
        arrivals = Thread.ofPlatform()
                .name("readers")
                .start(() -> new OpenLoop(1, 1_000 / perSecond).come(_ -> !over, this::read));
    }

    private void read(long due) {
        var now = phase;
        var random = ThreadLocalRandom.current();
        try {
            places.get(random.nextInt(places.size())).read(skus.get(random.nextInt(skus.size())));
            now.micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - due) / 1_000));
        } catch (IOException | RuntimeException e) {
            now.failures.computeIfAbsent(e.toString(), _ -> new LongAdder()).increment();
        }
    }

    /** Ends the phase and begins the next; a read belongs to the one in which it came. */
    Phase next() {
        var ended = phase;
        phase = new Phase();
        return ended;
    }

    /** Returns when all have been answered. */
    @Override
    public void close() throws InterruptedException {
        over = true;
        arrivals.join();
    }
}
