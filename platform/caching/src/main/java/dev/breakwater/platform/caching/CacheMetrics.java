package dev.breakwater.platform.caching;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Objects;
import java.util.function.Supplier;

/** What a cache does, by level. */
final class CacheMetrics {

    private final Counter localHits;
    private final Counter localMisses;
    private final Counter sharedHits;
    private final Counter sharedMisses;
    private final Counter filtered;
    private final Counter stale;
    private final Counter invalidations;
    private final Counter evictions;
    private final Timer loads;

    /** @param cache what is cached, as a tag */
    CacheMetrics(MeterRegistry meters, String cache) {
        localHits = gets(meters, cache, "local", "hit");
        localMisses = gets(meters, cache, "local", "miss");
        sharedHits = gets(meters, cache, "shared", "hit");
        sharedMisses = gets(meters, cache, "shared", "miss");
        filtered = counter(meters, "cache.filtered", "Lookups of keys that the Bloom filter does not know.", cache);
        stale = counter(meters, "cache.stale", "Values shown past their time since the source cannot be asked.", cache);
        invalidations = counter(meters, "cache.invalidations", "Changes heard of.", cache);
        evictions = counter(meters, "cache.evictions", "Values that made room for others in memory.", cache);
        loads = Timer.builder("cache.load")
                .description("Loads from the source.")
                .tag("cache", cache)
                .register(meters);
    }

    void localHit() {
        localHits.increment();
    }

    void localMiss() {
        localMisses.increment();
    }

    void sharedHit() {
        sharedHits.increment();
    }

    void sharedMiss() {
        sharedMisses.increment();
    }

    void filtered() {
        filtered.increment();
    }

    void stale() {
        stale.increment();
    }

    void invalidated() {
        invalidations.increment();
    }

    void evicted() {
        evictions.increment();
    }

    <T> T timeLoad(Supplier<T> load) {
        return Objects.requireNonNull(loads.record(load));
    }

    private static Counter gets(MeterRegistry meters, String cache, String level, String result) {
        return Counter.builder("cache.gets")
                .description("Lookups by level.")
                .tags("cache", cache, "level", level, "result", result)
                .register(meters);
    }

    private static Counter counter(MeterRegistry meters, String name, String description, String cache) {
        return Counter.builder(name)
                .description(description)
                .tag("cache", cache)
                .register(meters);
    }
}
