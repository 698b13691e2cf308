package dev.breakwater.platform.caching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FrequentKeysTest {

    private final AtomicLong nanos = new AtomicLong();
    private final FrequentKeys keys = new FrequentKeys(UsualProperties.USUAL.hot(), nanos::get);

    @Test
    void what_is_asked_for_most_is_found_among_a_hundred_thousand_keys_the_hottest_first() {
        read(400_000, "tea", 4, "cup", 20);
        pass(4);
        assertThat(keys.hottest()).containsExactly("tea", "cup");
    }

    @Test
    void where_little_goes_on_nothing_is_hot() {
        read(200, "tea", 2, "cup", 4);
        pass(4);
        assertThat(keys.hottest()).isEmpty();
    }

    @Test
    void what_is_not_asked_for_any_more_cools_down_within_the_window() {
        read(100_000, "tea", 4, "cup", 20);
        pass(5);
        assertThat(keys.hottest()).contains("tea");
        read(100_000, "pot", 4, "cup", 20);
        pass(5);
        assertThat(keys.hottest()).contains("tea", "pot");
        pass(5);
        assertThat(keys.hottest()).doesNotContain("tea");
    }

    @Test
    void no_more_are_found_than_there_is_room_for() {
        for (var n = 0; n < 1_000_000; n++) {
            keys.seen("tea-" + n % 90);
        }
        pass(1);
        assertThat(keys.hottest()).hasSize(UsualProperties.USUAL.hot().keys());
    }

    /** Every so many reads are of one key or the other, all others of different ones. */
    private void read(int reads, String one, int everyOne, String other, int everyOther) {
        for (var n = 0; n < reads; n++) {
            keys.seen(n % everyOne == 0 ? one : n % everyOther == 1 ? other : "key-" + n % 100_000);
        }
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
