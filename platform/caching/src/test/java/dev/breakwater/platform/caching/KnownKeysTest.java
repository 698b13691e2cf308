package dev.breakwater.platform.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownKeysTest {

    private final AtomicBoolean feedIsCurrent = new AtomicBoolean(true);
    private final List<String> keys = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Runnable whileReading = () -> {};
    private Runnable whileAskingTheFeed = () -> {};
    private final KnownKeys known = new KnownKeys(10_000, 0.01, this::all, this::isCurrent, meters);

    @Test
    void before_it_is_built_it_says_maybe_to_all() {
        assertThat(known.test("tea")).isTrue();
        assertThat(meters.get("bloom.judging").gauge().value()).isZero();
    }

    @Test
    void a_key_that_there_is_passes_and_of_the_unknown_hardly_more_than_configured() {
        IntStream.range(0, 10_000).forEach(n -> keys.add("SKU-" + n));
        known.rebuild();
        assertThat(keys).allMatch(known);
        var mistaken =
                IntStream.range(0, 100_000).filter(n -> known.test("NONE-" + n)).count();
        // One in a hundred is expected: 1,000, with a standard deviation of 31.
        assertThat(mistaken).isBetween(800L, 1_200L);
        assertThat(meters.get("bloom.expected.fpp").gauge().value()).isBetween(0.008, 0.012);
        assertThat(meters.get("bloom.keys").gauge().value()).isBetween(9_900.0, 10_100.0);
    }

    @Test
    void a_key_that_comes_later_is_added() {
        known.rebuild();
        assertThat(known.test("tea")).isFalse();
        known.add("tea");
        assertThat(known.test("tea")).isTrue();
    }

    @Test
    void a_key_that_comes_while_the_filter_is_rebuilt_is_in_both() {
        known.rebuild();
        whileReading = () -> {
            // Its row came after the reading had passed its place.
            known.add("tea");
            assertThat(known.test("tea")).isTrue();
        };
        known.rebuild();
        assertThat(known.test("tea")).isTrue();
    }

    @Test
    void the_old_filter_serves_while_the_new_one_is_built_and_after_that_failed() {
        keys.add("tea");
        known.rebuild();
        whileReading = () -> {
            throw new IllegalStateException("database away");
        };
        assertThatThrownBy(known::rebuild).hasMessage("database away");
        assertThat(known.test("tea")).isTrue();
        assertThat(known.test("cup")).isFalse();
        known.add("cup");
        assertThat(known.test("cup")).isTrue();
    }

    @Test
    void a_key_that_the_feed_told_just_before_it_was_current_passes() {
        known.rebuild();
        whileAskingTheFeed = () -> known.add("tea");
        assertThat(known.test("tea")).isTrue();
    }

    @Test
    void with_the_feed_behind_it_says_maybe_to_all() {
        known.rebuild();
        feedIsCurrent.set(false);
        assertThat(known.test("tea")).isTrue();
        known.passedByMistake();
        assertThat(meters.get("bloom.false.positives").counter().count()).isZero();
        feedIsCurrent.set(true);
        assertThat(known.test("tea")).isFalse();
        known.passedByMistake();
        assertThat(meters.get("bloom.false.positives").counter().count()).isEqualTo(1);
    }

    private void all(Consumer<String> key) {
        keys.forEach(key);
        whileReading.run();
    }

    private boolean isCurrent() {
        whileAskingTheFeed.run();
        return feedIsCurrent.get();
    }
}
