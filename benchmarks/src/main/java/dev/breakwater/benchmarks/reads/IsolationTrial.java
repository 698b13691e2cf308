package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.Finding;
import dev.breakwater.benchmarks.OpenLoop;
import dev.breakwater.benchmarks.Trial;
import dev.breakwater.platform.caching.Cached;
import dev.breakwater.platform.caching.CachingParts;
import dev.breakwater.platform.caching.RedisCaches;
import dev.breakwater.platform.caching.TwoLevelCache;
import dev.breakwater.platform.testing.Servers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.HdrHistogram.ConcurrentHistogram;

/** What one key that everybody wants costs those who want something else. */
public final class IsolationTrial implements Trial {

    private static final int OTHERS = 1_000;
    private static final double SHARE = 0.95;
    private static final int READS_PER_MILLI = 4;
    private static final Duration STALL = Duration.ofMillis(100);
    private static final Duration EVERY = Duration.ofMillis(500);
    /** Nearly every read but of the hot key goes to Redis. */
    private static final Duration IN_MEMORY = Duration.ofMillis(1);

    private static final Duration IN_REDIS = Duration.ofHours(1);

    private static final String HOT = ProductRows.key(OTHERS + 1);

    private final Duration warmUp;
    private final Duration length;

    /** @param warmUp more than a second, since hot keys are looked for once a second */
    public IsolationTrial(Duration warmUp, Duration length) {
        this.warmUp = warmUp;
        this.length = length;
    }

    @Override
    public String name() {
        return "isolation";
    }

    @Override
    public String question() {
        return "%,d reads/s, %.0f %% of one key, memory for %d ms; the Redis that has the hot key stands still for %d of each %d ms: off, it has all keys; on, another has the others"
                .formatted(
                        READS_PER_MILLI * 1_000, 100 * SHARE, IN_MEMORY.toMillis(), STALL.toMillis(), EVERY.toMillis());
    }

    private enum Side {
        NO_STALLS("off, no stalls"),
        OFF("off"),
        ON("on");

        private final String text;

        Side(String text) {
            this.text = text;
        }
    }

    private static final class Reads {
        private final ConcurrentHistogram hot = new ConcurrentHistogram(3);
        private final ConcurrentHistogram others = new ConcurrentHistogram(3);
        private final LongAdder failed = new LongAdder();
    }

    @Override
    public List<Finding> run(Consumer<String> progress) throws IOException, InterruptedException {
        var findings = new ArrayList<Finding>();
        for (var side : Side.values()) {
            progress.accept(side.text);
            var reads = measure(side);
            findings.add(Finding.told(side.text + ": other keys, p50, p99", FreshTrial.p50p99(reads.others)));
            findings.add(Finding.told(side.text + ": the hot key, p50, p99", FreshTrial.p50p99(reads.hot)));
            findings.add(Finding.told(
                    "%s: failed reads, of %,d"
                            .formatted(side.text, reads.hot.getTotalCount() + reads.others.getTotalCount()),
                    Long.toString(reads.failed.sum())));
        }
        return findings;
    }

    private Reads measure(Side side) throws IOException, InterruptedException {
        var meters = new SimpleMeterRegistry();
        try (var stalling = new StallingRedis(STALL, EVERY)) {
            var apart = side == Side.ON;
            var redis = apart ? Servers.redis().port() : stalling.port();
            var hot = apart ? CachingParts.hot("redis://localhost:" + stalling.port()) : CachingParts.noneHot();
            var properties = CachingParts.properties(IN_MEMORY, IN_REDIS, IN_REDIS, hot);
            try (var caches = new RedisCaches(properties, redis, meters)) {
                var cache = caches.of("isolation", key -> new Cached(1, new byte[300]));
                for (var rank = 1; rank <= OTHERS; rank++) {
                    cache.get(ProductRows.key(rank));
                }
                if (side != Side.NO_STALLS) {
                    stalling.stall();
                }
                read(cache, warmUp);
                requireHot(meters, apart ? 1 : 0);
                return read(cache, length);
            }
        }
    }

    private static Reads read(TwoLevelCache cache, Duration length) {
        var reads = new Reads();
        new OpenLoop(READS_PER_MILLI).come(milli -> milli < length.toMillis(), due -> {
            var random = ThreadLocalRandom.current();
            var isHot = random.nextDouble() < SHARE;
            try {
                cache.get(isHot ? HOT : ProductRows.key(1 + random.nextInt(OTHERS)));
            } catch (RuntimeException e) {
                reads.failed.increment();
            }
            (isHot ? reads.hot : reads.others).recordValue((System.nanoTime() - due) / 1_000);
        });
        return reads;
    }

    private static void requireHot(MeterRegistry meters, int wanted) {
        var found = meters.get("cache.hot.keys").gauge().value();
        if (found != wanted) {
            throw new IllegalStateException("%.0f keys are hot and not %d".formatted(found, wanted));
        }
    }
}
