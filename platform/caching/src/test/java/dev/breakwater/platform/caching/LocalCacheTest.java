package dev.breakwater.platform.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The memory of an instance, as far as it can be told from outside. */
class LocalCacheTest {

    private final CacheUnderTest things = new CacheUnderTest();
    private final TwoLevelCache cache = things.cache;

    @Test
    void what_was_loaded_together_does_not_expire_together() {
        var keys = keys("tea", 100);
        keys.forEach(key -> things.database.write(key, 1, "green"));
        keys.forEach(cache::get);
        things.pass(Duration.ofMillis(53_900));
        assertThat(fresh(keys)).isEqualTo(100);
        things.pass(Duration.ofMillis(3_100));
        // Half of them are expected, with a standard deviation of 5.
        assertThat(fresh(keys)).isBetween(20L, 80L);
        things.pass(Duration.ofSeconds(3));
        assertThat(fresh(keys)).isZero();
    }

    @Test
    void values_that_make_room_for_others_are_counted() {
        var entries = UsualProperties.USUAL.localEntries();
        keys("tea", entries).forEach(cache::get);
        assertThat(evictions()).isZero();
        keys("cup", 20).forEach(cache::get);
        await().untilAsserted(() -> assertThat(evictions()).isEqualTo(20));
    }

    private long fresh(List<String> keys) {
        return keys.stream().filter(key -> cache.inMemory(key) != null).count();
    }

    private double evictions() {
        return things.meters
                .get("cache.evictions")
                .tag("cache", "things")
                .counter()
                .count();
    }

    private static List<String> keys(String name, int count) {
        return IntStream.range(0, count).mapToObj(n -> name + "-" + n).toList();
    }
}
