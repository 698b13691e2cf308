package dev.breakwater.platform.caching;

import static dev.breakwater.platform.caching.CacheUnderTest.await;
import static dev.breakwater.platform.caching.CacheUnderTest.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TwoLevelCacheTest {

    private final CacheUnderTest things = new CacheUnderTest();
    private final CacheUnderTest.Database database = things.database;
    private final CacheUnderTest.Shared shared = things.shared;
    private final TwoLevelCache cache = things.cache;

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
        assertThat(text(things.another().get("tea"))).isEqualTo("green");
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
    void a_thousand_clients_of_an_expired_key_make_one_load() throws Exception {
        database.write("tea", 1, "green");
        cache.get("tea");
        shared.entries.clear();
        things.pass(Duration.ofSeconds(61));
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
    void a_key_that_there_is_not_is_believed_for_a_short_time_and_not_beyond_its_creation() {
        assertThat(cache.get("tea").cached().isAbsent()).isTrue();
        assertThat(cache.get("tea").cached().isAbsent()).isTrue();
        assertThat(database.loaded).containsExactly("tea");
        database.write("tea", 1, "green");
        cache.invalidate("tea", 1);
        assertThat(text(cache.get("tea"))).isEqualTo("green");
        assertThat(cache.get("cup").cached().isAbsent()).isTrue();
        things.pass(Duration.ofSeconds(5));
        database.write("cup", 1, "white");
        assertThat(text(cache.get("cup"))).isEqualTo("white");
    }

    @Test
    void a_key_that_the_filter_does_not_know_reaches_neither_level_nor_source() {
        assertThat(cache.get("unknown-cup").cached().isAbsent()).isTrue();
        assertThat(database.loaded).isEmpty();
        assertThat(shared.asked).isEmpty();
        assertThat(things.meters.get("cache.filtered").counter().count()).isEqualTo(1);
    }
}
