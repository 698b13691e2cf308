package dev.breakwater.platform.caching;

import static dev.breakwater.platform.caching.CacheUnderTest.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is shown while the source cannot be asked, or changes are not heard of. */
class StaleOnErrorTest {

    private final CacheUnderTest things = new CacheUnderTest();
    private final CacheUnderTest.Database database = things.database;
    private final CacheUnderTest.Shared shared = things.shared;
    private final TwoLevelCache cache = things.cache;

    @Test
    void with_the_source_away_the_last_value_is_shown_and_marked_up_to_a_bound() {
        database.write("tea", 1, "green");
        cache.get("tea");
        shared.entries.clear();
        database.down = true;
        things.pass(Duration.ofSeconds(61));
        var stale = cache.get("tea");
        assertThat(stale.stale()).isTrue();
        assertThat(text(stale)).isEqualTo("green");
        assertThat(things.meters.get("cache.stale").counter().count()).isEqualTo(1);
        things.pass(Duration.ofSeconds(300));
        assertThatThrownBy(() -> cache.get("tea")).hasMessage("down");
    }

    @Test
    void while_the_source_fails_one_reader_a_second_asks_it_and_the_others_are_shown_what_there_is() {
        database.write("tea", 1, "green");
        cache.get("tea");
        things.pass(Duration.ofSeconds(61));
        shared.entries.clear();
        database.down = true;
        var asked = shared.asked.size();
        for (var n = 0; n < 100; n++) {
            assertThat(cache.get("tea").stale()).isTrue();
        }
        assertThat(shared.asked).hasSize(asked + 1);
        database.down = false;
        things.pass(Duration.ofSeconds(1));
        assertThat(cache.get("tea").stale()).isFalse();
    }

    @Test
    void while_changes_are_not_heard_of_memory_is_believed_for_a_second_only() {
        database.write("tea", 1, "green");
        cache.get("tea");
        things.hearing = false;
        database.write("tea", 2, "black");
        // The instance that wrote it.
        shared.invalidate("tea", 2);
        assertThat(text(cache.get("tea"))).isEqualTo("green");
        things.pass(UsualProperties.USUAL.unheardFor());
        assertThat(cache.inMemory("tea")).isNull();
        assertThat(text(cache.get("tea"))).isEqualTo("black");
        assertThat(text(Objects.requireNonNull(cache.inMemory("tea")))).isEqualTo("black");
    }
}
