package dev.breakwater.platform.caching;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.breakwater.platform.caching.LocalCache.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory before Redis before the source. Cache-aside: the source is written first, then {@link #invalidate} is called
 * in every instance with the version that was written.
 *
 * <ul>
 *   <li>One load a key, however many ask for it.
 *   <li>What is asked for is loaded again, behind the readers' backs, when four fifths of its time are over.
 *   <li>What a slow reader loaded before an invalidation is never kept after it, at either level ({@link Floors}).
 *   <li>Hot keys ({@link HotKeys}) stay in memory, are loaded again before anybody has to ask, and have one loader
 *       among all instances.
 *   <li>When the source cannot be asked, the last that is known is shown, marked as stale, up to a bound.
 * </ul>
 */
public final class TwoLevelCache {

    private static final Logger log = LoggerFactory.getLogger(TwoLevelCache.class);
    private static final int ATTEMPTS = 2;

    private final LocalCache local;
    private final SharedCache shared;
    private final Predicate<String> mayExist;
    private final HotKeys hot;
    private final Loading loading;
    private final CacheMetrics metrics;
    private final Invalidations invalidations;
    private final Ticker millis;

    /**
     * @param mayExist says no only for a key that there certainly is not: such a key reaches neither level nor source
     * @param hearsChanges whether {@link #invalidate} is called for every change now; while it is not, memory is
     *     believed for {@link CachingProperties#unheardFor} only
     * @param background runs a load ahead of its time
     * @param nanos {@link System#nanoTime} outside of tests
     * @param millis {@link System#currentTimeMillis} outside of tests
     */
    TwoLevelCache(
            CachingProperties properties,
            SharedCache shared,
            Source source,
            Predicate<String> mayExist,
            BooleanSupplier hearsChanges,
            HotKeys hot,
            CacheMetrics metrics,
            Executor background,
            Ticker nanos,
            Ticker millis) {
        var floors = new Floors(properties.floors(), properties.floorFor(), millis);
        this.metrics = metrics;
        this.local = new LocalCache(properties, floors, hearsChanges, hot::contains, metrics::evicted, nanos);
        this.shared = shared;
        this.mayExist = mayExist;
        this.hot = hot;
        this.loading = new Loading(local, shared, source, hot, metrics, background, properties.longestLoad(), millis);
        this.invalidations = new Invalidations(shared, background);
        this.millis = millis;
    }

    /**
     * What memory has and may show, without waiting for anybody: also that there certainly is no such thing. Null when
     * somebody would have to be asked.
     */
    public @Nullable Cached inMemory(String key) {
        var now = local.now();
        var entry = local.get(key, now);
        if (entry == null || !local.isFresh(entry, now)) {
            return filtered(key);
        }
        // Only what was found once: nobody makes a key hot by inventing it.
        if (!entry.cached().isAbsent()) {
            hot.seen(key);
        }
        metrics.localHit();
        if (entry.isAging(now)) {
            loading.ahead(key, kept -> kept == null || kept.isAging(local.now()));
        }
        return entry.cached();
    }

    /** @throws RuntimeException when the source cannot be asked, and what is known is too old or not there */
    public Lookup get(String key) {
        var cached = inMemory(key);
        if (cached != null) {
            return new Lookup(cached, false);
        }
        metrics.localMiss();
        var last = local.get(key);
        if (last != null && local.isPostponed(last)) {
            return stale(last);
        }
        try {
            return new Lookup(loadCurrent(key), false);
        } catch (RuntimeException e) {
            if (last == null || last.cached().isAbsent()) {
                throw e;
            }
            local.postpone(key);
            log.debug("stale value shown key={} cause={}", key, e.toString());
            return stale(last);
        }
    }

    private @Nullable Cached filtered(String key) {
        if (mayExist.test(key)) {
            return null;
        }
        metrics.filtered();
        return Cached.ABSENT;
    }

    private Lookup stale(Entry last) {
        metrics.stale();
        return new Lookup(last.cached(), true);
    }

    /**
     * Many at once, in their order, without those that there are not: from memory, and the rest in one load. The shared
     * level is not asked, since one load costs less than as many questions; a load that fails is not made up for by
     * what is past its time.
     *
     * @throws RuntimeException when the source cannot be asked
     */
    public List<Cached> getAll(List<String> keys, ManySource many) {
        var found = new HashMap<String, Cached>();
        var missing = new ArrayList<String>();
        for (var key : keys) {
            var cached = inMemory(key);
            if (cached == null || cached.isAbsent()) {
                metrics.localMiss();
                missing.add(key);
            } else {
                found.put(key, cached);
            }
        }
        if (!missing.isEmpty()) {
            found.putAll(loading.loadAll(missing, many));
        }
        return keys.stream().flatMap(key -> Stream.ofNullable(found.get(key))).toList();
    }

    /** The thing was changed: nothing below this version is kept from now on, whoever brings it. */
    public void invalidate(String key, long version) {
        invalidateLocally(key, version);
        shared.invalidate(key, version);
    }

    /** The same for who hears of it and must not wait: the shared level follows. */
    public void invalidateInBackground(String key, long version) {
        invalidateLocally(key, version);
        invalidations.add(key, version);
    }

    /** The same for this instance alone, when another one has seen to the shared level. */
    public void invalidateLocally(String key, long version) {
        local.invalidate(key, version);
        loading.disown(key);
        metrics.invalidated();
    }

    /** Looks which keys are hot now; loads those that memory has not, or not for long any more. */
    void careForHotKeys() {
        var before = hot.now();
        hot.update();
        Stream.concat(before.stream(), hot.now().stream()).distinct().forEach(local::weighAgain);
        hot.now().stream().filter(mayExist).forEach(key -> loading.ahead(key, this::isDue));
    }

    private boolean isDue(@Nullable Entry entry) {
        return entry == null || entry.isHalfOver(local.now());
    }

    private Cached loadCurrent(String key) {
        for (var attempt = 1; ; attempt++) {
            var began = millis.read();
            var cached = loading.load(key, entry -> entry == null || !local.isFresh(entry, local.now()));
            // One that began before an invalidation may have come too late; a source that lags is not waited for.
            if (attempt == ATTEMPTS || !local.isOutdated(key, cached, began)) {
                return local.latest(key, cached);
            }
        }
    }
}
