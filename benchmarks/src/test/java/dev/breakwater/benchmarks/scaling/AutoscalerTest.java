package dev.breakwater.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.benchmarks.scaling.Autoscaler.Reading;
import org.junit.jupiter.api.Test;

class AutoscalerTest {

    private final Autoscaler autoscaler = new Autoscaler();

    @Test
    void twice_the_utilisation_asks_for_twice_the_pods() {
        assertThat(autoscaler.decide(0, 4, new Reading(10, 10, 1.4, 0, 0))).isEqualTo(20);
    }

    @Test
    void a_tenth_more_or_less_changes_nothing() {
        assertThat(autoscaler.decide(0, 4, new Reading(10, 10, 0.76, 0, 0))).isEqualTo(10);
        assertThat(autoscaler.decide(15, 4, new Reading(10, 10, 0.64, 0, 0))).isEqualTo(10);
    }

    @Test
    void in_a_period_their_number_is_doubled_at_most_or_grows_by_four() {
        assertThat(autoscaler.decide(0, 1, new Reading(2, 2, 1, 1_000_000, 0))).isEqualTo(6);
        assertThat(autoscaler.decide(15, 1, new Reading(20, 20, 1, 1_000_000, 0)))
                .isEqualTo(40);
        assertThat(autoscaler.decide(30, 1, new Reading(40, 40, 1, 1_000_000, 0)))
                .isEqualTo(50);
    }

    @Test
    void pods_that_start_count_as_idle() {
        assertThat(autoscaler.decide(0, 4, new Reading(10, 20, 1, 0, 0))).isEqualTo(20);
    }

    @Test
    void the_metric_that_asks_for_most_decides() {
        assertThat(autoscaler.decide(0, 4, new Reading(10, 10, 0.1, 6_000, 0))).isEqualTo(12);
        assertThat(autoscaler.decide(15, 4, new Reading(10, 10, 0.1, 0, 13.2))).isEqualTo(14);
    }

    @Test
    void pods_are_taken_away_once_nobody_has_wanted_them_for_two_minutes() {
        var busy = new Reading(10, 10, 0.7, 0, 0);
        var idle = new Reading(10, 10, 0.1, 0, 0);
        assertThat(autoscaler.decide(0, 4, busy)).isEqualTo(10);
        for (var second = 15; second <= 120; second += 15) {
            assertThat(autoscaler.decide(second, 4, idle)).isEqualTo(10);
        }
        assertThat(autoscaler.decide(135, 4, idle)).isEqualTo(4);
    }

    @Test
    void the_least_is_there_at_once() {
        assertThat(autoscaler.decide(0, 20, new Reading(4, 4, 0.1, 0, 0))).isEqualTo(20);
    }
}
