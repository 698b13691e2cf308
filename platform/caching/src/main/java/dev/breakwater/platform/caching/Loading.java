package dev.breakwater.platform.caching;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.breakwater.platform.caching.LocalCache.Entry;
import dev.breakwater.platform.caching.SharedCache.Kept;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets what memory has not from the shared level, or else from the source, and keeps it where it was not. */
final class Loading {

    private static final Logger log = LoggerFactory.getLogger(Loading.class);

    private static final int LOOKS = 25;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final LocalCache local;
    private final SharedCache shared;
    private final Source source;
    private final HotKeys hot;
    private final CacheMetrics metrics;
    private final Executor background;
    private final Duration longest;
    private final Ticker millis;
    private final Loads<Cached> loads;
    private final Loads<Cached> reloads;
    private final Loads<Map<String, Cached>> manyLoads;

    Loading(
            LocalCache local,
            SharedCache shared,
            Source source,
            HotKeys hot,
            CacheMetrics metrics,
            Executor background,
            Duration longest,
            Ticker millis) {
        this.local = local;
        this.shared = shared;
        this.source = source;
        this.hot = hot;
        this.metrics = metrics;
        this.background = background;
        this.longest = longest;
        this.millis = millis;
        this.loads = new Loads<>(longest);
        this.reloads = new Loads<>(longest);
        this.manyLoads = new Loads<>(longest);
    }

    /**
     * Loads the key, or waits for who does.
     *
     * @param needed whether what memory has by the time of our turn is to be loaded all the same
     * @throws RuntimeException when the source cannot be asked
     */
    Cached load(String key, Predicate<@Nullable Entry> needed) {
        return loads.share(key, () -> {
            var entry = local.get(key);
            return entry == null || needed.test(entry) ? fromShared(key) : entry.cached();
        });
    }

    /** Loads the key in the background if it is needed and nobody does. */
    void ahead(String key, Predicate<@Nullable Entry> needed) {
        if (needed.test(local.get(key)) && !loads.isRunning(key)) {
            background.execute(() -> ahead(key, () -> load(key, needed)));
        }
    }

    /** All of them in one load, without those that there are not; who wants the same ones waits for it. */
    Map<String, Cached> loadAll(List<String> keys, ManySource many) {
        return manyLoads.share(String.join("\n", keys), () -> loadAllHere(keys, many));
    }

    private Map<String, Cached> loadAllHere(List<String> keys, ManySource many) {
        var began = millis.read();
        var loaded = new HashMap<>(metrics.timeLoad(() -> many.load(keys)));
        loaded.replaceAll((key, cached) -> {
            if (local.isOutdated(key, cached, began)) {
                // Changed while it was being loaded.
                return load(key, entry -> true);
            }
            if (isInTime(began)) {
                local.put(key, cached, began);
            }
            return cached;
        });
        loaded.values().removeIf(Cached::isAbsent);
        return loaded;
    }

    /** Whoever comes from now on loads anew: what is being loaded may be old. */
    void disown(String key) {
        loads.disown(key);
    }

    private void ahead(String key, Runnable load) {
        try {
            load.run();
        } catch (RuntimeException e) {
            // Nobody waits for it: what is kept is shown until its time is over, and then the source is asked again.
            log.debug("not loaded ahead of time key={} cause={}", key, e.toString());
            local.postpone(key);
        }
    }

    private Cached fromShared(String key) {
        var kept = shared.get(key);
        if (kept.isEmpty() || !keep(key, kept.get())) {
            metrics.sharedMiss();
            return fromSource(key);
        }
        metrics.sharedHit();
        if (kept.get().aging()) {
            background.execute(() -> ahead(key, () -> reloads.share(key, () -> fromSource(key))));
        }
        return kept.get().cached();
    }

    private Cached fromSource(String key) {
        if (!hot.contains(key)) {
            return load(key);
        }
        if (!shared.lease(key, longest)) {
            var theirs = awaitOther(key);
            if (theirs != null) {
                return theirs;
            }
        }
        try {
            return load(key);
        } finally {
            shared.release(key);
        }
    }

    /** What the other instance that loads a hot key brings; null if that takes longer than loading it here would. */
    private @Nullable Cached awaitOther(String key) {
        for (var look = 0; look < LOOKS; look++) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            var kept = shared.get(key);
            if (kept.isPresent() && !kept.get().aging() && keep(key, kept.get())) {
                return kept.get().cached();
            }
        }
        return null;
    }

    private Cached load(String key) {
        var began = millis.read();
        var cached = metrics.timeLoad(() -> source.load(key));
        if (isInTime(began)) {
            shared.put(key, cached, began);
            local.put(key, cached, began);
        }
        return cached;
    }

    /** After longer, what is known of the changes since it began may be forgotten. */
    private boolean isInTime(long began) {
        return millis.read() - began <= longest.toMillis();
    }

    /** Whether it is good enough to be kept. */
    private boolean keep(String key, Kept kept) {
        if (local.isOutdated(key, kept.cached(), kept.loadedAt())) {
            return false;
        }
        local.put(key, kept.cached(), kept.loadedAt());
        return true;
    }
}
