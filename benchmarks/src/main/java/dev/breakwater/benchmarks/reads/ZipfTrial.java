package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.Database;
import dev.breakwater.benchmarks.Finding;
import dev.breakwater.benchmarks.OpenLoop;
import dev.breakwater.benchmarks.Trial;
import dev.breakwater.platform.caching.CachingParts;
import dev.breakwater.platform.caching.CachingProperties;
import dev.breakwater.platform.caching.RedisCaches;
import dev.breakwater.platform.caching.TwoLevelCache;
import dev.breakwater.platform.servers.CannotStartException;
import dev.breakwater.platform.testing.Servers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Option;

/** Shoppers who all want the same few things, and now and then anything else: how far each level goes. */
public final class ZipfTrial implements Trial {

    private static final int KEYS = 100_000;
    private static final int READS_PER_MILLI = 20;
    private static final int RISE = 2;
    private static final Duration RISE_EVERY = Duration.ofSeconds(15);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int CONNECTIONS = 10;

    private static final CachingProperties PROPERTIES =
            CachingParts.properties(Duration.ofSeconds(60), Duration.ofSeconds(300), Duration.ofSeconds(5));

    private static final double OF_THE_BEST = 0.97;
    private static final double BOTH_LEVELS = 0.975;
    private static final double SOURCE = 0.025;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long zipf reads, after warming up for two and a half (10).")
    private int minutes;

    private final Zipf zipf = new Zipf(KEYS, 1);
    private final LongAdder failed = new LongAdder();

    @Override
    public String name() {
        return "zipf";
    }

    @Override
    public String question() {
        return "Zipf(1) over %,d products, %,d reads/s, %,d of them in memory, Redis with room for all, nothing changes"
                .formatted(KEYS, READS_PER_MILLI * 1_000, CachingParts.LOCAL_ENTRIES);
    }

    @Override
    public List<Finding> run(Consumer<String> progress) throws Exception {
        if (minutes < 1) {
            throw new CannotStartException("--minutes must be at least 1.");
        }
        var meters = new SimpleMeterRegistry();
        try (var database = Database.fresh(CONNECTIONS, "db/platform", "db/inventory-service");
                var caches = new RedisCaches(PROPERTIES, Servers.redis().port(), meters)) {
            var source = ProductRows.of(database, KEYS);
            var cache = caches.of("zipf", source);
            var levels = new Levels(meters, source);
            warmUp(cache, levels, progress);
            failed.reset();
            var start = levels.now();
            var micros = new Histogram(3);
            for (var minute = 1; minute <= minutes; minute++) {
                micros.add(read(cache, READS_PER_MILLI, MINUTE, levels, progress));
            }
            return judge(levels.now().since(start), micros);
        }
    }

    /** As a service does it: the products most sold before the first read, and no full load at once. */
    private void warmUp(TwoLevelCache cache, Levels levels, Consumer<String> progress) {
        progress.accept("loading the %,d most read".formatted(CachingParts.LOCAL_ENTRIES));
        for (var rank = CachingParts.LOCAL_ENTRIES; rank > 0; rank--) {
            cache.get(ProductRows.key(rank));
        }
        for (var perMilli = RISE; perMilli <= READS_PER_MILLI; perMilli += RISE) {
            read(cache, perMilli, RISE_EVERY, levels, progress);
        }
    }

    private Histogram read(
            TwoLevelCache cache, int perMilli, Duration length, Levels levels, Consumer<String> progress) {
        var before = levels.now();
        var round = new OpenLoop(perMilli).run(length, () -> read(cache));
        progress.accept("%,d reads/s for %d s: %s"
                .formatted(
                        perMilli * 1_000,
                        length.toSeconds(),
                        levels.now().since(before).text()));
        var micros = new Histogram(3);
        micros.add(round.micros());
        return micros;
    }

    private void read(TwoLevelCache cache) throws Exception {
        var key = ProductRows.key(zipf.draw(ThreadLocalRandom.current()));
        ProductRows.asReader(() -> {
            try {
                return cache.get(key);
            } catch (RuntimeException e) {
                failed.increment();
                return null;
            }
        });
    }

    private List<Finding> judge(Levels.Counts warm, Histogram micros) {
        var best = zipf.shareOfFirst(CachingParts.LOCAL_ENTRIES);
        return List.of(
                atLeast(
                        "reads from memory",
                        warm.inMemory(),
                        OF_THE_BEST * best,
                        " (%s of the best possible %s)".formatted(OF_THE_BEST, percent(best))),
                atLeast("reads from memory or Redis", warm.atEitherLevel(), BOTH_LEVELS, ""),
                new Finding(
                        "loads from the database, ahead of time included",
                        percent(warm.loaded()),
                        "≤ " + percent(SOURCE),
                        warm.loaded() <= SOURCE),
                Finding.told(
                        "a read: p50, p99",
                        String.format(
                                Locale.ROOT,
                                "%.2f ms, %.2f ms",
                                micros.getValueAtPercentile(50) / 1e3,
                                micros.getValueAtPercentile(99) / 1e3)),
                Finding.told("failed reads", Long.toString(failed.sum())));
    }

    private static Finding atLeast(String what, double share, double least, String why) {
        return new Finding(what, percent(share), "≥ " + percent(least) + why, share >= least);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
