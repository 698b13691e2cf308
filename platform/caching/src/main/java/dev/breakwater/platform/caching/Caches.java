package dev.breakwater.platform.caching;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes caches, and looks after their hot keys once a second. */
public final class Caches implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Caches.class);

    private final CachingProperties properties;
    private final SharedLevels levels;
    private final MeterRegistry meters;
    private final ExecutorService background = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("cache-", 0).factory());
    private final ScheduledExecutorService everySecond = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("hot-keys").daemon().factory());

    Caches(CachingProperties properties, SharedLevels levels, MeterRegistry meters) {
        this.properties = properties;
        this.levels = levels;
        this.meters = meters;
    }

    /**
     * @param name of what is cached: a prefix in Redis, a tag of the metrics
     * @param mayExist says no only for a key that there certainly is not
     * @param hearsChanges whether the cache is told of every change now
     */
    public TwoLevelCache of(String name, Source source, Predicate<String> mayExist, BooleanSupplier hearsChanges) {
        var hot = new HotKeys(name, properties, levels.board(name), System::nanoTime);
        return of(name, levels.of(name, hot), source, mayExist, hearsChanges, hot);
    }

    /** One without the shared level, for a source that has one itself. */
    public TwoLevelCache ofMemory(String name, Source source, BooleanSupplier hearsChanges) {
        var hot = new HotKeys(name, properties, HotBoard.NONE, System::nanoTime);
        return of(name, SharedCache.NONE, source, key -> true, hearsChanges, hot);
    }

    private TwoLevelCache of(
            String name,
            SharedCache shared,
            Source source,
            Predicate<String> mayExist,
            BooleanSupplier hearsChanges,
            HotKeys hot) {
        var cache = new TwoLevelCache(
                properties,
                shared,
                source,
                mayExist,
                hearsChanges,
                hot,
                new CacheMetrics(meters, name),
                background,
                System::nanoTime,
                System::currentTimeMillis);
        Gauge.builder("cache.hot.keys", hot, keys -> keys.now().size())
                .description("Keys that are hot now.")
                .tag("cache", name)
                .register(meters);
        everySecond.scheduleWithFixedDelay(() -> careForHotKeys(cache), 1, 1, TimeUnit.SECONDS);
        return cache;
    }

    private static void careForHotKeys(TwoLevelCache cache) {
        try {
            cache.careForHotKeys();
        } catch (RuntimeException e) {
            // What is thrown to the scheduler would end it for good.
            log.error("hot keys not looked after", e);
        }
    }

    @Override
    public void close() {
        everySecond.shutdownNow();
        background.shutdownNow();
    }
}
