package dev.breakwater.platform.loadbalancing.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PeakEwmaTest {

    private static final long MILLI = 1_000_000;
    private static final long TAU = 10_000 * MILLI;
    private static final Offset<Double> A_TICK = within(0.01 * MILLI);

    private final PeakEwma latency = new PeakEwma(Duration.ofNanos(TAU));

    @Test
    void without_a_call_nothing_is_known() {
        assertThat(latency.at(5 * MILLI)).isZero();
    }

    @Test
    void a_slower_call_is_believed_at_once() {
        latency.observe(5 * MILLI, 0);
        latency.observe(50 * MILLI, MILLI);

        assertThat(latency.at(MILLI)).isCloseTo(50.0 * MILLI, A_TICK);
    }

    @Test
    void a_faster_call_is_believed_by_how_long_ago_the_last_one_was() {
        latency.observe(50 * MILLI, 0);
        latency.observe(10 * MILLI, TAU);

        assertThat(latency.at(TAU)).isCloseTo(50 * MILLI / Math.E + 10 * MILLI * (1 - 1 / Math.E), A_TICK);
    }

    @Test
    void what_nobody_calls_is_forgiven() {
        latency.observe(50 * MILLI, 0);

        assertThat(latency.at(TAU)).isCloseTo(50 * MILLI / Math.E, A_TICK);
        assertThat(latency.at(100 * TAU)).isLessThan(1);
    }

    @Test
    void a_look_changes_nothing() {
        latency.observe(50 * MILLI, 0);

        var first = latency.at(TAU);

        assertThat(latency.at(TAU)).isEqualTo(first);
    }

    @Test
    void whoever_looked_at_the_clock_before_somebody_faster_does_no_harm() {
        latency.observe(50 * MILLI, 100 * MILLI);
        latency.observe(10 * MILLI, 90 * MILLI);

        assertThat(latency.at(80 * MILLI)).isCloseTo(50.0 * MILLI, A_TICK);
    }

    @Test
    void the_clock_may_begin_anywhere() {
        latency.observe(50 * MILLI, Long.MAX_VALUE - MILLI);

        assertThat(latency.at(Long.MIN_VALUE + TAU)).isCloseTo(50 * MILLI / Math.E, A_TICK);
    }

    @Test
    void what_nobody_calls_for_days_stays_forgiven() {
        latency.observe(50 * MILLI, 0);

        for (var hours = 1; hours < 78; hours++) {
            assertThat(latency.at(Duration.ofHours(hours).toNanos()))
                    .as("%d h", hours)
                    .isLessThan(1);
        }
        latency.observe(10 * MILLI, Duration.ofHours(50).toNanos());
        assertThat(latency.at(Duration.ofHours(50).toNanos())).isCloseTo(10.0 * MILLI, A_TICK);
    }
}
