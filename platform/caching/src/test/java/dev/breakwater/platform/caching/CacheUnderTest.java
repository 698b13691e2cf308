package dev.breakwater.platform.caching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A cache with a source, a shared level and a clock that do as they are told; what it does aside waits for its turn.
 */
final class CacheUnderTest {

    private static final CachingProperties PROPERTIES = UsualProperties.USUAL;

    final Database database = new Database();
    final Shared shared = new Shared();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    boolean hearing = true;
    private final AtomicLong nanos = new AtomicLong();
    private final List<Runnable> background = new ArrayList<>();
    final TwoLevelCache cache = another();

    /** Another instance. */
    TwoLevelCache another() {
        return cache(PROPERTIES, Set.of());
    }

    TwoLevelCache withHot(String key) {
        return cache(PROPERTIES, Set.of(key));
    }

    TwoLevelCache remembering(int changes) {
        return cache(properties(PROPERTIES.longestLoad(), changes), Set.of());
    }

    TwoLevelCache waitingFor(Duration longestLoad) {
        return cache(properties(longestLoad, PROPERTIES.floors()), Set.of());
    }

    private static CachingProperties properties(Duration longestLoad, int floors) {
        return new CachingProperties(
                PROPERTIES.localEntries(),
                PROPERTIES.localFor(),
                PROPERTIES.sharedFor(),
                PROPERTIES.absentFor(),
                PROPERTIES.staleFor(),
                PROPERTIES.unheardFor(),
                longestLoad,
                floors,
                PROPERTIES.hot());
    }

    private TwoLevelCache cache(CachingProperties properties, Set<String> hotKeys) {
        var hot = new HotKeys("things", properties, mine -> hotKeys, nanos::get);
        hot.update();
        return new TwoLevelCache(
                properties,
                shared,
                database,
                key -> !key.startsWith("unknown"),
                () -> hearing,
                hot,
                new CacheMetrics(meters, "things"),
                background::add,
                nanos::get,
                this::millis);
    }

    private long millis() {
        return Duration.ofNanos(nanos.get()).toMillis();
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    void inBackground() {
        var due = List.copyOf(background);
        background.clear();
        due.forEach(Runnable::run);
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static String text(Lookup lookup) {
        return text(lookup.cached());
    }

    static List<String> texts(List<Cached> all) {
        return all.stream().map(CacheUnderTest::text).toList();
    }

    static String text(Cached cached) {
        return new String(Objects.requireNonNull(cached.body()), UTF_8);
    }

    /** What is true, and who asked. */
    static final class Database implements Source {

        final List<String> loaded = new ArrayList<>();
        private final Map<String, Cached> rows = new HashMap<>();
        volatile Runnable whileLoading = () -> {};
        boolean down;

        synchronized void write(String key, long version, String value) {
            rows.put(key, new Cached(version, value.getBytes(UTF_8)));
        }

        @Override
        public Cached load(String key) {
            Cached read;
            synchronized (this) {
                loaded.add(key);
                read = rows.getOrDefault(key, Cached.ABSENT);
            }
            if (down) {
                throw new IllegalStateException("down");
            }
            whileLoading.run();
            return read;
        }

        Map<String, Cached> loadAll(List<String> keys) {
            Map<String, Cached> read = new HashMap<>();
            synchronized (this) {
                loaded.addAll(keys);
                keys.stream().filter(rows::containsKey).forEach(key -> read.put(key, rows.get(key)));
            }
            whileLoading.run();
            return read;
        }
    }

    /** The shared level as it should be. */
    final class Shared implements SharedCache {

        final Map<String, Kept> entries = new HashMap<>();
        final List<String> asked = new ArrayList<>();
        private final Set<String> leased = new HashSet<>();

        @Override
        public synchronized Optional<Kept> get(String key) {
            asked.add(key);
            var kept = entries.get(key);
            if (kept == null || kept.loadedAt() < 0) {
                return Optional.empty();
            }
            var age = Duration.ofMillis(millis() - kept.loadedAt());
            var life = kept.cached().isAbsent() ? PROPERTIES.absentFor() : PROPERTIES.sharedFor();
            return age.compareTo(life) >= 0
                    ? Optional.empty()
                    : Optional.of(new Kept(kept.cached(), kept.loadedAt(), age.compareTo(Duration.ofSeconds(240)) > 0));
        }

        @Override
        public synchronized void put(String key, Cached cached, long loadedAt) {
            var kept = entries.get(key);
            if (kept == null || kept.cached().version() <= cached.version()) {
                entries.put(key, new Kept(cached, loadedAt, false));
            }
        }

        @Override
        public synchronized boolean lease(String key, Duration longest) {
            return leased.add(key);
        }

        @Override
        public synchronized void release(String key) {
            leased.remove(key);
        }

        @Override
        public synchronized void invalidate(String key, long version) {
            var kept = entries.get(key);
            if (kept == null || kept.cached().version() < version) {
                entries.put(key, new Kept(new Cached(version, null), -1, false));
            }
        }
    }
}
