package dev.breakwater.platform.caching;

import static dev.breakwater.platform.caching.CacheUnderTest.await;
import static dev.breakwater.platform.caching.CacheUnderTest.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What is known of a change outlives every value that was loaded before it. */
class FloorsTest {

    private final CacheUnderTest things = new CacheUnderTest();
    private final CacheUnderTest.Database database = things.database;
    private final CacheUnderTest.Shared shared = things.shared;
    private final TwoLevelCache cache = things.cache;

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
    void with_more_changes_than_are_remembered_nothing_loaded_before_them_is_believed() {
        var forgetful = things.remembering(10);
        database.write("tea", 1, "green");
        forgetful.get("tea");
        database.write("tea", 2, "black");
        forgetful.invalidateLocally("tea", 2);
        things.pass(Duration.ofSeconds(1));
        for (var n = 0; n < 1_000; n++) {
            forgetful.invalidateLocally("other-" + n, 2);
        }
        assertThat(text(forgetful.get("tea"))).isEqualTo("black");
    }

    @Test
    void what_was_loaded_after_the_oldest_change_that_was_forgotten_is_believed() {
        var forgetful = things.remembering(10);
        for (var n = 0; n < 11; n++) {
            forgetful.invalidateLocally("other-" + n, 2);
            things.pass(Duration.ofSeconds(1));
        }
        database.write("tea", 1, "green");
        forgetful.get("tea");
        forgetful.invalidateLocally("other-11", 2);
        assertThat(forgetful.inMemory("tea")).isNotNull();
        assertThat(text(forgetful.get("tea"))).isEqualTo("green");
        assertThat(database.loaded).containsExactly("tea");
    }
}
