package dev.breakwater.benchmarks.reads;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class FilterTrialTest {

    @Test
    void a_build_that_keeps_one_lookup_in_a_hundred_waiting_for_longer_than_wanted_is_told_as_missed() {
        assertThat(FilterTrial.during(lookups(49_000)).reached()).isTrue();
        var late = FilterTrial.during(lookups(51_000));
        assertThat(late.reached()).isFalse();
        assertThat(late.wanted()).isEqualTo("p99 ≤ 50 ms");
        assertThat(late.value()).startsWith("0.15 ms, 51.");
    }

    /** Two in a hundred take so long. */
    private static Histogram lookups(long slowestMicros) {
        var micros = new Histogram(3);
        micros.recordValueWithCount(150, 980);
        micros.recordValueWithCount(slowestMicros, 20);
        return micros;
    }
}
