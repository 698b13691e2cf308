package dev.breakwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void the_median_of_an_odd_number_is_the_middle_one() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(4, 1, 9));
    }

    @Test
    void the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0, 5.0))).isEqualTo(new Spread(4.5, 1, 9));
    }

    @Test
    void nothing_measured_has_no_median() {
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_ratio_is_the_median_of_the_ratios_of_each_round_and_not_of_the_medians() {
        var subject = List.of(perSecond(100), perSecond(900), perSecond(200));
        var peer = List.of(perSecond(10), perSecond(300), perSecond(100));

        assertThat(Outcome.ratio(Measure.THROUGHPUT, subject, peer)).isEqualTo(new Spread(3, 2, 10));
    }

    @Test
    void a_target_of_at_least_is_missed_below_and_one_of_at_most_above() {
        assertThat(Target.atLeast(3).isReachedBy(new Spread(3, 1, 9))).isTrue();
        assertThat(Target.atLeast(3).isReachedBy(new Spread(2.9, 1, 9))).isFalse();
        assertThat(Target.atMost(1.1).isReachedBy(new Spread(1.1, 1, 9))).isTrue();
        assertThat(Target.atMost(1.1).isReachedBy(new Spread(1.2, 1, 9))).isFalse();
    }

    private static Round perSecond(long done) {
        return Round.inBulk(done, Duration.ofSeconds(1));
    }
}
