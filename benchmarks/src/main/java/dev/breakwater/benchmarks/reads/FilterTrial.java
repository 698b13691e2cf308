package dev.breakwater.benchmarks.reads;

import com.sun.management.ThreadMXBean;
import dev.breakwater.benchmarks.Finding;
import dev.breakwater.benchmarks.OpenLoop;
import dev.breakwater.benchmarks.Trial;
import dev.breakwater.platform.caching.KnownKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** The Bloom filter of a very large shop: its memory, its building, and what others feel of that. */
public final class FilterTrial implements Trial {

    private static final int KEYS = 10_000_000;
    private static final int UNKNOWN = 1_000_000;
    private static final double FALSE_POSITIVES = 0.01;
    private static final double MOST_MEGABYTES = 12.5;
    private static final int MOST_MILLIS = 50;
    private static final int LOOKUPS_PER_MILLI = 10;
    private static final Duration PIECE = Duration.ofMillis(200);
    private static final int PIECES_BEFORE = 50;

    @Override
    public String name() {
        return "filter";
    }

    @Override
    public String question() {
        return "%,d SKUs at %s false positives, rebuilt on a thread of its own beside %,d lookups/s on virtual threads"
                .formatted(KEYS, ZipfTrial.percent(FALSE_POSITIVES), LOOKUPS_PER_MILLI * 1_000);
    }

    @Override
    public List<Finding> run(Consumer<String> progress) throws InterruptedException {
        var megabytes = megabytes();
        var known = new KnownKeys(KEYS, FALSE_POSITIVES, FilterTrial::keys, () -> true, new SimpleMeterRegistry());
        progress.accept("building alone");
        var began = System.nanoTime();
        known.rebuild();
        var alone = System.nanoTime() - began;
        progress.accept("looking up");
        var before = new Histogram(3);
        lookUp(known, new Histogram(3));
        for (var piece = 0; piece < PIECES_BEFORE; piece++) {
            lookUp(known, before);
        }
        progress.accept("building while others look up");
        began = System.nanoTime();
        var builder = Thread.ofPlatform().name("filter-build").start(known::rebuild);
        var during = new Histogram(3);
        while (builder.isAlive()) {
            lookUp(known, during);
        }
        builder.join();
        var beside = System.nanoTime() - began;
        var passed = passed(known);
        return List.of(
                new Finding(
                        "memory",
                        String.format(Locale.ROOT, "%.2f MB", megabytes),
                        "≤ %s MB".formatted(MOST_MEGABYTES),
                        megabytes <= MOST_MEGABYTES),
                Finding.told("built alone", seconds(alone)),
                Finding.told("built while others look up", seconds(beside)),
                new Finding(
                        "unknown keys that pass, of %,d".formatted(UNKNOWN),
                        String.format(Locale.ROOT, "%.3f %%", 100 * passed),
                        "≤ " + ZipfTrial.percent(FALSE_POSITIVES),
                        passed <= FALSE_POSITIVES),
                Finding.told("a lookup before: p50, p99", millis(before)),
                during(during));
    }

    /** What others feel of the build: most of them no more than a short collection of garbage. */
    static Finding during(Histogram micros) {
        return new Finding(
                "a lookup during the build: p50, p99",
                millis(micros),
                "p99 ≤ %d ms".formatted(MOST_MILLIS),
                micros.getValueAtPercentile(99) / 1e3 <= MOST_MILLIS);
    }

    /** What building one of this size allocates when there are no keys: the filter, and next to nothing else. */
    private static double megabytes() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var empty = new KnownKeys(KEYS, FALSE_POSITIVES, key -> {}, () -> true, new SimpleMeterRegistry());
        new KnownKeys(1, FALSE_POSITIVES, key -> {}, () -> true, new SimpleMeterRegistry()).rebuild();
        var before = threads.getCurrentThreadAllocatedBytes();
        empty.rebuild();
        return (threads.getCurrentThreadAllocatedBytes() - before) / 1e6;
    }

    private static void keys(Consumer<String> each) {
        for (var number = 0; number < KEYS; number++) {
            each.accept("SKU-" + number);
        }
    }

    private static void lookUp(KnownKeys known, Histogram micros) {
        var round = new OpenLoop(LOOKUPS_PER_MILLI).run(PIECE, () -> {
            if (!known.test("SKU-" + ThreadLocalRandom.current().nextInt(KEYS))) {
                throw new IllegalStateException("a key that there is was said not to be there");
            }
        });
        micros.add(round.micros());
    }

    private static double passed(KnownKeys known) {
        var passed = 0;
        for (var number = 0; number < UNKNOWN; number++) {
            if (known.test("NO-" + number)) {
                passed++;
            }
        }
        return (double) passed / UNKNOWN;
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    private static String millis(Histogram micros) {
        return String.format(
                Locale.ROOT,
                "%.2f ms, %.2f ms",
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3);
    }
}
