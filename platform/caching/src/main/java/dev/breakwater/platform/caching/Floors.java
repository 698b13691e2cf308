package dev.breakwater.platform.caching;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The versions below which nothing may be shown any more. Whoever loaded a thing before it was changed, however long
 * ago, finds the floor when storing it: so an old value is never put back.
 *
 * <p>A floor is kept for as long as an older value could still come from anywhere. When there are more than fit, what
 * the oldest said is said of all keys: nothing that was loaded before now is believed.
 */
final class Floors {

    private final Cache<String, Long> floors;
    private final AtomicLong believedFrom = new AtomicLong(Long.MIN_VALUE);
    private final Ticker millis;

    /**
     * @param kept longer than a value lives at any level, plus the longest load
     * @param millis the time of day, which the instances share
     */
    Floors(int most, Duration kept, Ticker nanos, Ticker millis) {
        this.millis = millis;
        floors = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(kept)
                .ticker(nanos)
                .executor(Runnable::run)
                .evictionListener(
                        (@Nullable String key, @Nullable Long version, RemovalCause cause) -> forgotten(cause))
                .build();
    }

    void raise(String key, long version) {
        floors.asMap().merge(key, version, Math::max);
    }

    /** @param loadedAt milliseconds of the day's time when loading began */
    boolean allow(String key, long version, long loadedAt) {
        var floor = floors.getIfPresent(key);
        return (floor == null || version >= floor) && loadedAt >= believedFrom.get();
    }

    private void forgotten(RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            believedFrom.accumulateAndGet(millis.read(), Math::max);
        }
    }
}
