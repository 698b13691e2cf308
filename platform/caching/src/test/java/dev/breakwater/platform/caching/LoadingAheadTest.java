package dev.breakwater.platform.caching;

import static dev.breakwater.platform.caching.CacheUnderTest.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Values that are loaded again before their time is over. */
class LoadingAheadTest {

    private final CacheUnderTest things = new CacheUnderTest();
    private final CacheUnderTest.Database database = things.database;
    private final CacheUnderTest.Shared shared = things.shared;
    private final TwoLevelCache cache = things.cache;

    @Test
    void a_key_that_is_read_all_the_time_is_loaded_ahead_of_its_end_and_nobody_waits() {
        database.write("tea", 1, "green");
        cache.get("tea");
        things.pass(Duration.ofSeconds(49));
        shared.entries.clear();
        database.write("tea", 2, "black");
        assertThat(text(cache.get("tea"))).isEqualTo("green");
        assertThat(database.loaded).hasSize(1);
        things.inBackground();
        assertThat(database.loaded).hasSize(2);
        things.pass(Duration.ofSeconds(12));
        assertThat(text(Objects.requireNonNull(cache.inMemory("tea")))).isEqualTo("black");
    }

    @Test
    void a_load_ahead_that_fails_harms_nobody() {
        database.write("tea", 1, "green");
        cache.get("tea");
        things.pass(Duration.ofSeconds(49));
        shared.entries.clear();
        database.down = true;
        assertThat(text(cache.get("tea"))).isEqualTo("green");
        things.inBackground();
        assertThat(cache.get("tea").stale()).isFalse();
    }

    @Test
    void an_aging_value_of_the_shared_level_is_shown_and_loaded_again_behind_the_readers_back() {
        database.write("tea", 1, "green");
        cache.get("tea");
        things.pass(Duration.ofSeconds(250));
        database.write("tea", 2, "black");
        assertThat(text(cache.get("tea"))).isEqualTo("green");
        things.inBackground();
        assertThat(text(cache.get("tea"))).isEqualTo("black");
    }

    @Test
    void a_value_that_cannot_be_loaded_ahead_of_its_time_is_tried_again_a_second_later_and_not_by_every_reader() {
        database.write("tea", 1, "green");
        cache.get("tea");
        things.pass(Duration.ofSeconds(50));
        shared.entries.clear();
        database.down = true;
        for (var second = 1; second <= 3; second++) {
            for (var n = 0; n < 100; n++) {
                assertThat(text(cache.get("tea"))).isEqualTo("green");
                things.inBackground();
            }
            assertThat(shared.asked).hasSize(1 + second);
            things.pass(Duration.ofSeconds(1));
        }
    }
}
