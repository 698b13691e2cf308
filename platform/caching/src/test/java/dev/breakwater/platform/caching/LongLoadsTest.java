package dev.breakwater.platform.caching;

import static dev.breakwater.platform.caching.CacheUnderTest.await;
import static dev.breakwater.platform.caching.CacheUnderTest.text;
import static dev.breakwater.platform.caching.CacheUnderTest.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Loads that take longer than they should, here or in another instance. */
class LongLoadsTest {

    private static final Duration TOO_LONG = UsualProperties.USUAL.longestLoad().plusMillis(1);

    private final CacheUnderTest things = new CacheUnderTest();
    private final CacheUnderTest.Database database = things.database;
    private final CacheUnderTest.Shared shared = things.shared;
    private final TwoLevelCache cache = things.cache;

    @Test
    void what_was_loading_for_too_long_is_shown_and_kept_at_neither_level() {
        database.write("tea", 1, "green");
        database.whileLoading = () -> things.pass(TOO_LONG);
        assertThat(text(cache.get("tea"))).isEqualTo("green");
        assertThat(cache.inMemory("tea")).isNull();
        assertThat(shared.entries).isEmpty();

        database.whileLoading = () -> things.pass(UsualProperties.USUAL.longestLoad());
        assertThat(text(cache.get("tea"))).isEqualTo("green");
        assertThat(cache.inMemory("tea")).isNotNull();
        assertThat(shared.entries).containsOnlyKeys("tea");
    }

    @Test
    void of_many_keys_what_was_loading_for_too_long_is_not_kept_either() {
        database.write("tea", 1, "green");
        database.whileLoading = () -> things.pass(TOO_LONG);
        assertThat(texts(cache.getAll(List.of("tea"), database::loadAll))).containsExactly("green");
        assertThat(cache.inMemory("tea")).isNull();
    }

    @Test
    void who_waits_for_a_load_that_does_not_come_to_an_end_is_told_so() throws Exception {
        var impatient = things.waitingFor(Duration.ofMillis(50));
        var loading = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        database.write("tea", 1, "green");
        database.whileLoading = () -> {
            loading.countDown();
            await(goOn);
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> text(impatient.get("tea")));
            await(loading);
            assertThatThrownBy(() -> impatient.get("tea")).isInstanceOf(LoadTimedOutException.class);
            goOn.countDown();
            assertThat(first.get()).isEqualTo("green");
        }
        assertThat(database.loaded).containsExactly("tea");
    }

    @Test
    void a_hot_key_whose_loader_does_not_come_to_an_end_is_loaded_by_another_instance_after_some_looks()
            throws Exception {
        var one = things.withHot("tea");
        var other = things.withHot("tea");
        var loading = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        database.write("tea", 1, "green");
        database.whileLoading = () -> {
            database.whileLoading = () -> {};
            loading.countDown();
            await(goOn);
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> text(one.get("tea")));
            await(loading);
            shared.asked.clear();
            var second = threads.submit(() -> text(other.get("tea")));
            try {
                assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo("green");
                // It waited for the first before it loaded.
                assertThat(shared.asked).hasSizeGreaterThan(10);
                assertThat(database.loaded).containsExactly("tea", "tea");
            } finally {
                goOn.countDown();
            }
            assertThat(first.get()).isEqualTo("green");
        }
    }
}
