package dev.breakwater.platform.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AcceptRatioThrottleTest {

    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final AtomicLong nanoTime = new AtomicLong(1);
    private final Random random = new Random(3);

    @Test
    void a_service_that_accepts_is_sent_everything() {
        var throttle = throttle(2);

        assertThat(sent(throttle, Duration.ofMinutes(1), 1_000, 1_000)).isEqualTo(60_000);
        assertThat(throttle.refused()).isZero();
    }

    @Test
    void of_what_is_accepted_so_many_times_as_much_is_sent() {
        for (var ratio : new double[] {1.1, 2, 4}) {
            for (var acceptedPerSecond : new int[] {200, 500, 900}) {
                var throttle = throttle(ratio);
                sent(throttle, Duration.ofMinutes(1), 1_000, acceptedPerSecond);

                var perSecond = sent(throttle, Duration.ofMinutes(1), 1_000, acceptedPerSecond) / 60.0;

                var wanted = Math.min(1_000, ratio * acceptedPerSecond);
                assertThat(perSecond)
                        .as("K = %s, %d accepted", ratio, acceptedPerSecond)
                        .isCloseTo(wanted, within(0.1 * wanted));
            }
        }
    }

    @Test
    void a_service_that_accepts_nothing_is_still_asked_now_and_then() {
        var throttle = throttle(2);
        sent(throttle, Duration.ofMinutes(1), 1_000, 0);

        assertThat(sent(throttle, Duration.ofMinutes(1), 1_000, 0) / 60.0).isCloseTo(100, within(10.0));
    }

    @Test
    void a_service_that_was_away_has_all_its_calls_back_within_a_few_windows() {
        var throttle = throttle(2);
        sent(throttle, Duration.ofMinutes(1), 1_000, 0);

        sent(throttle, WINDOW.multipliedBy(3), 1_000, 1_000);

        assertThat(sent(throttle, WINDOW, 1_000, 1_000)).isEqualTo(10_000);
    }

    @Test
    void few_calls_are_never_held_back() {
        var throttle = throttle(2);

        assertThat(sent(throttle, Duration.ofMinutes(1), 9, 0)).isEqualTo(9 * 60);
    }

    @Test
    void settings_out_of_bounds_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> throttle(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new AcceptRatioSettings(2, Duration.ZERO, 10, 0.9));
        assertThatIllegalArgumentException().isThrownBy(() -> new AcceptRatioSettings(2, WINDOW, -1, 0.9));
        assertThatIllegalArgumentException().isThrownBy(() -> new AcceptRatioSettings(2, WINDOW, 10, 1.1));
    }

    private AcceptRatioThrottle throttle(double ratio) {
        return new AcceptRatioThrottle(
                new AcceptRatioSettings(ratio, WINDOW, 10, 0.9), random::nextDouble, nanoTime::get);
    }

    /** How many of those offered are sent to a service that accepts so many in a second, from its beginning on. */
    private int sent(AcceptRatioThrottle throttle, Duration time, int offeredPerSecond, int acceptedPerSecond) {
        var sent = 0;
        for (var second = 0; second < time.toSeconds(); second++) {
            var accepted = 0;
            for (var i = 0; i < offeredPerSecond; i++) {
                nanoTime.addAndGet(1_000_000_000 / offeredPerSecond);
                if (!throttle.tryCall()) {
                    continue;
                }
                sent++;
                if (accepted < acceptedPerSecond) {
                    accepted++;
                    throttle.accepted();
                } else {
                    throttle.notAccepted();
                }
            }
        }
        return sent;
    }
}
