package dev.breakwater.demo.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff();

    @Test
    void the_first_restart_comes_well_within_two_seconds_and_the_next_ones_later_and_later() {
        assertThat(backoff.afterServing(Duration.ZERO)).isLessThan(Duration.ofSeconds(2));
        assertThat(backoff.afterServing(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.afterServing(Duration.ZERO)).isEqualTo(Duration.ofSeconds(2));
        for (var i = 0; i < 20; i++) {
            assertThat(backoff.afterServing(Duration.ZERO)).isLessThanOrEqualTo(Backoff.LONGEST);
        }
    }

    @Test
    void who_served_for_a_while_is_started_again_soon() {
        for (var i = 0; i < 5; i++) {
            assertThat(backoff.afterServing(Duration.ofSeconds(1))).isPositive();
        }
        assertThat(backoff.afterServing(Backoff.WELL_AGAIN)).isEqualTo(Backoff.FIRST);
    }
}
