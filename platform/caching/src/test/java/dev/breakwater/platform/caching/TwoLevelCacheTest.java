package dev.breakwater.platform.caching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TwoLevelCacheTest {

    private static final CachingProperties PROPERTIES = UsualProperties.USUAL;

    private final AtomicLong nanos = new AtomicLong();
    private final Database database = new Database();
    private final Shared shared = new Shared();
    private final List<Runnable> background = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private boolean hearing = true;
    private final TwoLevelCache cache = cache(PROPERTIES);

    @Test
    void what_was_read_once_is_read_from_memory() {
        database.write("tea", 1, "green");
        assertThat(text(cache.get("tea"))).isEqualTo("green");
        assertThat(text(cache.get("tea"))).isEqualTo("green");
        assertThat(database.loaded).containsExactly("tea");
        assertThat(text(Objects.requireNonNull(cache.inMemory("tea")))).isEqualTo("green");
    }

    @Test
    void what_another_instance_read_is_not_read_from_the_source() {
        database.write("tea", 1, "green");
        cache.get("tea");
        assertThat(text(cache(PROPERTIES).get("tea"))).isEqualTo("green");
        assertThat(database.loaded).containsExactly("tea");
    }

    @Test
    void after_an_invalidation_the_new_value_is_read() {
        database.write("tea", 1, "green");
        cache.get("tea");
        database.write("tea", 2, "black");
        cache.invalidate("tea", 2);
        assertThat(cache.inMemory("tea")).isNull();
        assertThat(text(cache.get("tea"))).isEqualTo("black");
    }

    @Test
    void an_invalidation_that_comes_after_the_new_value_was_read_costs_nothing() {
        database.write("tea", 2, "black");
        cache.get("tea");
        cache.invalidate("tea", 2);
        cache.invalidate("tea", 1);
        assertThat(text(cache.get("tea"))).isEqualTo("black");
        assertThat(database.loaded).containsExactly("tea");
    }

    @Test
    void a_reader_who_loaded_before_the_write_does_not_put_the_old_value_back() {
        database.write("tea", 1, "green");
        database.whileLoading = () -> {
            database.whileLoading = () -> {};
            database.write("tea", 2, "black");
            cache.invalidate("tea", 2);
        };
        assertThat(text(cache.get("tea"))).isEqualTo("black");
        assertThat(text(cache.get("tea"))).isEqualTo("black");
        assertThat(Objects.requireNonNull(shared.entries.get("tea")).cached().version())
                .isEqualTo(2);
        assertThat(database.loaded).hasSize(2);
    }

    @Test
    void an_old_value_in_the_shared_level_is_not_believed() {
        database.write("tea", 1, "green");
        cache.get("tea");
        database.write("tea", 2, "black");
        // Redis was away when the change was told.
        cache.invalidateLocally("tea", 2);
        assertThat(text(cache.get("tea"))).isEqualTo("black");
    }

    @Test
    void a_source_that_lags_makes_nobody_see_a_thing_go_back() {
        database.write("tea", 2, "black");
        cache.get("tea");
        cache.invalidate("tea", 3);
        database.write("tea", 1, "green");
        assertThat(text(cache.get("tea"))).isEqualTo("black");
        database.write("tea", 3, "white");
        assertThat(text(cache.get("tea"))).isEqualTo("white");
    }

    @Test
    void who_comes_after_an_invalidation_does_not_wait_for_a_load_that_began_before() throws Exception {
        database.write("tea", 1, "green");
        var loading = new CountDownLatch(1);
        var written = new CountDownLatch(1);
        database.whileLoading = () -> {
            database.whileLoading = () -> {};
            loading.countDown();
            await(written);
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var early = threads.submit(() -> text(cache.get("tea")));
            await(loading);
            database.write("tea", 2, "black");
            cache.invalidate("tea", 2);
            assertThat(text(cache.get("tea"))).isEqualTo("black");
            written.countDown();
            early.get();
        }
        assertThat(text(cache.get("tea"))).isEqualTo("black");
    }

    @Test
    void a_thousand_clients_of_an_expired_key_make_one_load() throws Exception {
        database.write("tea", 1, "green");
        cache.get("tea");
        shared.entries.clear();
        pass(Duration.ofSeconds(61));
        database.loaded.clear();
        var everybodyCame = new CountDownLatch(1_000);
        database.whileLoading = () -> await(everybodyCame);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var clients = new ArrayList<Future<String>>();
            for (var n = 0; n < 1_000; n++) {
                clients.add(threads.submit(() -> {
                    everybodyCame.countDown();
                    return text(cache.get("tea"));
                }));
            }
            for (var client : clients) {
                assertThat(client.get()).isEqualTo("green");
            }
        }
        assertThat(database.loaded).containsExactly("tea");
    }

    @Test
    void a_key_that_is_read_all_the_time_is_loaded_ahead_of_its_end_and_nobody_waits() {
        database.write("tea", 1, "green");
        cache.get("tea");
        pass(Duration.ofSeconds(49));
        shared.entries.clear();
        database.write("tea", 2, "black");
        assertThat(text(cache.get("tea"))).isEqualTo("green");
        assertThat(database.loaded).hasSize(1);
        inBackground();
        assertThat(database.loaded).hasSize(2);
        pass(Duration.ofSeconds(12));
        assertThat(text(Objects.requireNonNull(cache.inMemory("tea")))).isEqualTo("black");
    }

    @Test
    void a_load_ahead_that_fails_harms_nobody() {
        database.write("tea", 1, "green");
        cache.get("tea");
        pass(Duration.ofSeconds(49));
        shared.entries.clear();
        database.down = true;
        assertThat(text(cache.get("tea"))).isEqualTo("green");
        inBackground();
        assertThat(cache.get("tea").stale()).isFalse();
    }

    @Test
    void an_aging_value_of_the_shared_level_is_shown_and_loaded_again_behind_the_readers_back() {
        database.write("tea", 1, "green");
        cache.get("tea");
        pass(Duration.ofSeconds(250));
        database.write("tea", 2, "black");
        assertThat(text(cache.get("tea"))).isEqualTo("green");
        inBackground();
        assertThat(text(cache.get("tea"))).isEqualTo("black");
    }

    @Test
    void with_the_source_away_the_last_value_is_shown_and_marked_up_to_a_bound() {
        database.write("tea", 1, "green");
        cache.get("tea");
        shared.entries.clear();
        database.down = true;
        pass(Duration.ofSeconds(61));
        var stale = cache.get("tea");
        assertThat(stale.stale()).isTrue();
        assertThat(text(stale)).isEqualTo("green");
        assertThat(meters.get("cache.stale").counter().count()).isEqualTo(1);
        pass(Duration.ofSeconds(300));
        assertThatThrownBy(() -> cache.get("tea")).hasMessage("down");
    }

    @Test
    void a_key_that_there_is_not_is_believed_for_a_short_time_and_not_beyond_its_creation() {
        assertThat(cache.get("tea").cached().isAbsent()).isTrue();
        assertThat(cache.get("tea").cached().isAbsent()).isTrue();
        assertThat(database.loaded).containsExactly("tea");
        database.write("tea", 1, "green");
        cache.invalidate("tea", 1);
        assertThat(text(cache.get("tea"))).isEqualTo("green");
        assertThat(cache.get("cup").cached().isAbsent()).isTrue();
        pass(Duration.ofSeconds(5));
        database.write("cup", 1, "white");
        assertThat(text(cache.get("cup"))).isEqualTo("white");
    }

    @Test
    void a_key_that_the_filter_does_not_know_reaches_neither_level_nor_source() {
        assertThat(cache.get("unknown-cup").cached().isAbsent()).isTrue();
        assertThat(database.loaded).isEmpty();
        assertThat(shared.asked).isEmpty();
        assertThat(meters.get("cache.filtered").counter().count()).isEqualTo(1);
    }

    @Test
    void of_many_keys_those_that_memory_lacks_are_loaded_at_once_and_then_kept() {
        database.write("tea", 1, "green");
        database.write("cup", 1, "white");
        database.write("pot", 1, "black");
        cache.get("cup");
        database.loaded.clear();
        var keys = List.of("pot", "cup", "lid", "tea");
        assertThat(texts(cache.getAll(keys, database::loadAll))).containsExactly("black", "white", "green");
        assertThat(database.loaded).containsExactly("pot", "lid", "tea");
        database.loaded.clear();
        assertThat(texts(cache.getAll(List.of("tea", "pot"), database::loadAll)))
                .containsExactly("green", "black");
        assertThat(text(cache.get("tea"))).isEqualTo("green");
        assertThat(database.loaded).isEmpty();
    }

    @Test
    void of_many_keys_one_that_is_changed_while_it_is_loaded_is_shown_as_it_is_now() {
        database.write("tea", 1, "green");
        database.write("cup", 1, "white");
        database.whileLoading = () -> {
            database.whileLoading = () -> {};
            database.write("tea", 2, "black");
            cache.invalidate("tea", 2);
        };
        assertThat(texts(cache.getAll(List.of("tea", "cup"), database::loadAll)))
                .containsExactly("black", "white");
        assertThat(text(cache.get("tea"))).isEqualTo("black");
    }

    @Test
    void of_many_keys_one_that_was_not_there_is_looked_for_again() {
        assertThat(cache.get("tea").cached().isAbsent()).isTrue();
        database.write("tea", 1, "green");
        assertThat(texts(cache.getAll(List.of("tea"), database::loadAll))).containsExactly("green");
        assertThat(text(cache.get("tea"))).isEqualTo("green");
    }

    @Test
    void with_more_changes_than_are_remembered_nothing_loaded_before_them_is_believed() {
        var forgetful = forgetful();
        database.write("tea", 1, "green");
        forgetful.get("tea");
        database.write("tea", 2, "black");
        forgetful.invalidateLocally("tea", 2);
        pass(Duration.ofSeconds(1));
        for (var n = 0; n < 1_000; n++) {
            forgetful.invalidateLocally("other-" + n, 2);
        }
        assertThat(text(forgetful.get("tea"))).isEqualTo("black");
    }

    @Test
    void a_value_that_cannot_be_loaded_ahead_of_its_time_is_tried_again_a_second_later_and_not_by_every_reader() {
        database.write("tea", 1, "green");
        cache.get("tea");
        pass(Duration.ofSeconds(50));
        shared.entries.clear();
        database.down = true;
        for (var second = 1; second <= 3; second++) {
            for (var n = 0; n < 100; n++) {
                assertThat(text(cache.get("tea"))).isEqualTo("green");
                inBackground();
            }
            assertThat(shared.asked).hasSize(1 + second);
            pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void while_the_source_fails_one_reader_a_second_asks_it_and_the_others_are_shown_what_there_is() {
        database.write("tea", 1, "green");
        cache.get("tea");
        pass(Duration.ofSeconds(61));
        shared.entries.clear();
        database.down = true;
        var asked = shared.asked.size();
        for (var n = 0; n < 100; n++) {
            assertThat(cache.get("tea").stale()).isTrue();
        }
        assertThat(shared.asked).hasSize(asked + 1);
        database.down = false;
        pass(Duration.ofSeconds(1));
        assertThat(cache.get("tea").stale()).isFalse();
    }

    @Test
    void what_was_loaded_after_the_oldest_change_that_was_forgotten_is_believed() {
        var forgetful = forgetful();
        for (var n = 0; n < 11; n++) {
            forgetful.invalidateLocally("other-" + n, 2);
            pass(Duration.ofSeconds(1));
        }
        database.write("tea", 1, "green");
        forgetful.get("tea");
        forgetful.invalidateLocally("other-11", 2);
        assertThat(forgetful.inMemory("tea")).isNotNull();
        assertThat(text(forgetful.get("tea"))).isEqualTo("green");
        assertThat(database.loaded).containsExactly("tea");
    }

    @Test
    void while_changes_are_not_heard_of_memory_is_believed_for_a_second_only() {
        database.write("tea", 1, "green");
        cache.get("tea");
        hearing = false;
        database.write("tea", 2, "black");
        // The instance that wrote it.
        shared.invalidate("tea", 2);
        assertThat(text(cache.get("tea"))).isEqualTo("green");
        pass(PROPERTIES.unheardFor());
        assertThat(cache.inMemory("tea")).isNull();
        assertThat(text(cache.get("tea"))).isEqualTo("black");
        assertThat(text(Objects.requireNonNull(cache.inMemory("tea")))).isEqualTo("black");
    }

    /** Remembers ten changes. */
    private TwoLevelCache forgetful() {
        return cache(new CachingProperties(
                PROPERTIES.localEntries(),
                PROPERTIES.localFor(),
                PROPERTIES.sharedFor(),
                PROPERTIES.absentFor(),
                PROPERTIES.staleFor(),
                PROPERTIES.unheardFor(),
                PROPERTIES.longestLoad(),
                10,
                PROPERTIES.hot()));
    }

    private TwoLevelCache cache(CachingProperties properties) {
        return new TwoLevelCache(
                properties,
                shared,
                database,
                key -> !key.startsWith("unknown"),
                () -> hearing,
                new HotKeys("things", properties, HotBoard.NONE, nanos::get),
                new CacheMetrics(meters, "things"),
                background::add,
                nanos::get,
                this::millis);
    }

    private long millis() {
        return Duration.ofNanos(nanos.get()).toMillis();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void inBackground() {
        var due = List.copyOf(background);
        background.clear();
        due.forEach(Runnable::run);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Lookup lookup) {
        return text(lookup.cached());
    }

    private static List<String> texts(List<Cached> all) {
        return all.stream().map(TwoLevelCacheTest::text).toList();
    }

    private static String text(Cached cached) {
        return new String(Objects.requireNonNull(cached.body()), UTF_8);
    }

    /** What is true, and who asked. */
    private static final class Database implements Source {

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
    private final class Shared implements SharedCache {

        final Map<String, Kept> entries = new HashMap<>();
        final List<String> asked = new ArrayList<>();

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
        public boolean lease(String key, Duration longest) {
            return true;
        }

        @Override
        public void release(String key) {}

        @Override
        public synchronized void invalidate(String key, long version) {
            var kept = entries.get(key);
            if (kept == null || kept.cached().version() < version) {
                entries.put(key, new Kept(new Cached(version, null), -1, false));
            }
        }
    }
}
