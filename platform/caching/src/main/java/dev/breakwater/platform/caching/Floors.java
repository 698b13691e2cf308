package dev.breakwater.platform.caching;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The versions below which nothing may be kept any more. Whoever loaded a thing before it was changed, however long
 * ago, finds the floor when storing it: so an old value is never put back.
 *
 * <p>A floor is kept for as long as an older value could still come from anywhere. When there are more than fit, the
 * oldest goes, and nothing that was loaded before that one was raised is believed.
 */
final class Floors {

    private final int most;
    private final long keptMillis;
    private final Ticker millis;
    private final ReentrantLock lock = new ReentrantLock();
    /** The one that was raised last comes last. */
    private final LinkedHashMap<String, Floor> floors = new LinkedHashMap<>();

    private long believedFrom = Long.MIN_VALUE;

    private record Floor(long version, long raisedAt) {}

    /**
     * @param kept longer than a value lives at any level, plus the longest load
     * @param millis the time of day, which the instances share
     */
    Floors(int most, Duration kept, Ticker millis) {
        this.most = most;
        this.keptMillis = kept.toMillis();
        this.millis = millis;
    }

    void raise(String key, long version) {
        lock.lock();
        try {
            var now = millis.read();
            var before = floors.remove(key);
            floors.put(key, new Floor(before == null ? version : Math.max(before.version, version), now));
            for (var oldest = floors.firstEntry(); isOver(oldest, now); oldest = floors.firstEntry()) {
                floors.pollFirstEntry();
                if (now - oldest.getValue().raisedAt < keptMillis) {
                    believedFrom = Math.max(believedFrom, oldest.getValue().raisedAt);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** @param loadedAt milliseconds of the day's time when loading began */
    boolean allow(String key, long version, long loadedAt) {
        lock.lock();
        try {
            var floor = floors.get(key);
            return (floor == null || version >= floor.version) && loadedAt > believedFrom;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver(Map.Entry<String, Floor> oldest, long now) {
        return floors.size() > most || now - oldest.getValue().raisedAt >= keptMillis;
    }
}
