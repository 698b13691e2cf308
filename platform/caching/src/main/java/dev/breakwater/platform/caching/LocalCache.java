package dev.breakwater.platform.caching;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The memory of this instance. What is no longer fresh stays for a while, for the time when nobody can be asked. */
final class LocalCache {

    /** Of its time, from when on a value that is asked for is loaded again ahead of its end. */
    private static final double AGING = 0.8;
    /** Up to this share of its time is taken off, so that what was loaded together does not expire together. */
    private static final double JITTER = 0.1;
    /** Bytes that count as one entry; a longer value counts as several. */
    private static final int USUAL_BYTES = 4_096;

    private final Cache<String, Entry> entries;
    private final Floors floors;
    private final CachingProperties properties;
    private final BooleanSupplier hearsChanges;
    private final Ticker nanos;
    private final long longest;

    /**
     * @param hearsChanges whether {@link #invalidate} is called for every change now
     * @param pinned whether a key stays however full it gets
     * @param evicted called for each value that had to make room for another
     */
    LocalCache(
            CachingProperties properties,
            Floors floors,
            BooleanSupplier hearsChanges,
            Predicate<String> pinned,
            Runnable evicted,
            Ticker nanos) {
        this.properties = properties;
        this.floors = floors;
        this.hearsChanges = hearsChanges;
        this.nanos = nanos;
        longest = properties.localFor().plus(properties.staleFor()).toNanos();
        entries = Caffeine.newBuilder()
                .maximumWeight(properties.localEntries())
                .weigher((String key, Entry entry) -> pinned.test(key) ? 0 : weight(entry.cached()))
                .expireAfterWrite(longest, TimeUnit.NANOSECONDS)
                .ticker(nanos)
                .evictionListener((@Nullable String key, @Nullable Entry entry, RemovalCause cause) -> {
                    if (cause == RemovalCause.SIZE) {
                        evicted.run();
                    }
                })
                .build();
    }

    /** All times are of {@link System#nanoTime}. */
    record Entry(Cached cached, long keptSince, long agingFrom, long freshUntil, long notAskedUntil) {

        boolean isAging(long now) {
            return now - agingFrom >= 0;
        }

        /** A hot one is loaded again from then on, asked for or not. */
        boolean isHalfOver(long now) {
            return now - keptSince >= (freshUntil - keptSince) / 2;
        }

        private Entry ended(long now) {
            return new Entry(cached, keptSince, now, now, now);
        }
    }

    /** Whether it may be shown: for its whole time, and for a moment only while changes are not heard of. */
    boolean isFresh(Entry entry, long now) {
        return now - entry.freshUntil < 0
                && (now - entry.keptSince < properties.unheardFor().toNanos() || hearsChanges.getAsBoolean());
    }

    /** What is kept, fresh or not; null for what is too old even for the time when nobody can be asked. */
    @Nullable
    Entry get(String key) {
        return get(key, nanos.read());
    }

    /** The same for who has looked at the clock. */
    @Nullable
    Entry get(String key, long now) {
        var entry = entries.getIfPresent(key);
        return entry == null || now - entry.keptSince >= longest ? null : entry;
    }

    /** Nobody could be asked: who reads it shows what there is for a moment, and asks again after that. */
    void postpone(String key) {
        var until = nanos.read() + properties.unheardFor().toNanos();
        entries.asMap()
                .computeIfPresent(
                        key, (same, entry) -> new Entry(entry.cached, entry.keptSince, until, entry.freshUntil, until));
    }

    boolean isPostponed(Entry entry) {
        return !entry.cached.isAbsent() && nanos.read() - entry.notAskedUntil < 0;
    }

    /** Looks again whether the key is pinned. */
    void weighAgain(String key) {
        entries.asMap()
                .computeIfPresent(
                        key,
                        (same, entry) -> new Entry(
                                entry.cached, entry.keptSince, entry.agingFrom, entry.freshUntil, entry.notAskedUntil));
    }

    long now() {
        return nanos.read();
    }

    /** Keeps it, unless a later version is kept or known of. */
    void put(String key, Cached cached, long loadedAt) {
        var entry = entry(cached);
        entries.asMap()
                .compute(key, (same, old) -> isOutdated(key, cached, loadedAt) || isLater(old, cached) ? old : entry);
    }

    /** What a source that lags brought, or what was shown already: nobody sees a thing go back. */
    Cached latest(String key, Cached brought) {
        var entry = entries.getIfPresent(key);
        return entry != null && isLater(entry, brought) ? entry.cached() : brought;
    }

    /** Whether something later is known of. */
    boolean isOutdated(String key, Cached cached, long loadedAt) {
        return !floors.allow(key, cached.version(), loadedAt);
    }

    /** From now on nothing below this version is fresh. */
    void invalidate(String key, long version) {
        // The floor first: whoever stores an old value after this line is refused, whoever did before is found.
        floors.raise(key, version);
        entries.asMap()
                .computeIfPresent(key, (same, old) -> old.cached.version() >= version ? old : old.ended(nanos.read()));
    }

    private static int weight(Cached cached) {
        var body = cached.body();
        return body == null ? 1 : 1 + body.length / USUAL_BYTES;
    }

    private static boolean isLater(@Nullable Entry old, Cached cached) {
        return old != null && old.cached.version() > cached.version();
    }

    private Entry entry(Cached cached) {
        var now = nanos.read();
        var life = jittered(cached.isAbsent() ? properties.absentFor() : properties.localFor());
        return new Entry(cached, now, now + (long) (life * AGING), now + life, now);
    }

    private static long jittered(Duration longest) {
        return (long) (longest.toNanos() * (1 - ThreadLocalRandom.current().nextDouble(JITTER)));
    }
}
