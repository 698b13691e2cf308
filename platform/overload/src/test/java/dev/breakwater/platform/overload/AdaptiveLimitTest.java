package dev.breakwater.platform.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {

    private static final Duration QUICK = Duration.ofMillis(20);
    private static final Duration SLOW = Duration.ofMillis(100);

    private final AdaptiveLimit limit = new AdaptiveLimit(settings(4, 20, 100));
    private long now;

    @Test
    void it_grows_while_latency_is_stable_and_stops_at_its_most() {
        callsOf(QUICK, 2_000, limit.getLimit());

        assertThat(limit.getLimit()).isGreaterThan(20);

        callsOf(QUICK, 100_000, 100);

        assertThat(limit.getLimit()).isEqualTo(100);
    }

    @Test
    void it_falls_when_latency_rises_and_grows_again_when_it_is_back() {
        callsOf(QUICK, 10_000, 100);
        int before = limit.getLimit();

        callsOf(SLOW, 1_000, 100);
        int slow = limit.getLimit();
        callsOf(QUICK, 10_000, 100);

        assertThat(slow).isLessThan(before / 2);
        assertThat(limit.getLimit()).isGreaterThan(slow * 2);
    }

    @Test
    void latency_that_stays_becomes_the_normal_one() {
        callsOf(QUICK, 10_000, 100);
        callsOf(SLOW, 1_000, 100);
        int fallen = limit.getLimit();

        callsOf(SLOW, 20_000, 100);

        assertThat(limit.getLimit()).isGreaterThan(fallen * 2);
    }

    @Test
    void a_limit_that_is_not_made_use_of_does_not_grow() {
        callsOf(QUICK, 10_000, 1);

        assertThat(limit.getLimit()).isEqualTo(20);
    }

    @Test
    void drops_bring_it_down_even_if_they_came_at_once() {
        callsOf(QUICK, 2_000, 100);
        int before = limit.getLimit();

        for (int i = 0; i < 1_000; i++) {
            sample(Duration.ofMillis(1), 100, i % 10 == 0);
        }

        assertThat(limit.getLimit()).isLessThan(before);
    }

    @Test
    void few_very_slow_calls_bring_it_down_as_well_which_the_windows_of_the_library_would_not() {
        Limit library = WindowedLimit.newBuilder()
                .minWindowTime(100, TimeUnit.MILLISECONDS)
                .build(Gradient2Limit.newBuilder().initialLimit(20).minLimit(4).build());
        callsOf(QUICK, 2_000, 100);
        int before = limit.getLimit();

        // Three a second: no window that ends by the clock is ever full.
        for (int i = 0; i < 60; i++) {
            now += Duration.ofMillis(300).toNanos();
            sample(Duration.ofSeconds(5), 100, true);
            library.onSample(now, Duration.ofSeconds(5).toNanos(), 100, true);
        }

        assertThat(limit.getLimit()).isLessThan(before);
        assertThat(library.getLimit()).isEqualTo(20);
    }

    @Test
    void it_never_passes_its_bounds() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            // Long stretches of each, so that both bounds are reached.
            Duration latency = Duration.ofMillis(i / 20_000 % 2 == 0 ? 5 : 1 + random.nextInt(5_000));
            sample(latency, 1 + random.nextInt(200), random.nextInt(50) == 0);

            assertThat(limit.getLimit()).isBetween(4, 100);
        }
    }

    @Test
    void it_keeps_a_dependency_busy_in_good_and_bad_times_and_does_not_run_it_over() {
        Duration phase = Duration.ofSeconds(30);
        SimulatedStation adaptive = new SimulatedStation(limit);
        SimulatedStation fixed = new SimulatedStation(FixedLimit.of(100));

        var good = adaptive.run(phase, 40, QUICK);
        int inGood = limit.getLimit();
        var bad = adaptive.run(phase, 20, SLOW);
        int inBad = limit.getLimit();
        var again = adaptive.run(phase, 40, QUICK);
        fixed.run(phase, 40, QUICK);
        var fixedInBad = fixed.run(phase, 20, SLOW);

        assertThat(inBad).isLessThan(inGood).isLessThan(limit.getLimit());
        assertThat(good.busyNanos()).isGreaterThan(phase.toNanos() * 40 * 9 / 10);
        assertThat(bad.busyNanos()).isGreaterThan(phase.toNanos() * 20 * 9 / 10);
        assertThat(again.busyNanos()).isGreaterThan(phase.toNanos() * 40 * 9 / 10);
        assertThat(bad.failedShare()).isLessThan(0.1);
        assertThat(fixedInBad.failedShare()).isGreaterThan(0.5);
    }

    @Test
    void settings_out_of_bounds_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings(0, 1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> settings(5, 4, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> settings(5, 11, 10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdaptiveLimitSettings(1, 1, 1, 9, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new AdaptiveLimitSettings(1, 1, 1, 10, Duration.ZERO));
    }

    private void callsOf(Duration latency, int count, int inFlight) {
        for (int i = 0; i < count; i++) {
            sample(latency, inFlight, false);
        }
    }

    private void sample(Duration latency, int inFlight, boolean dropped) {
        now += Duration.ofMillis(5).toNanos();
        limit.onSample(now - latency.toNanos(), latency.toNanos(), inFlight, dropped);
    }

    private static AdaptiveLimitSettings settings(int min, int initial, int max) {
        return new AdaptiveLimitSettings(min, max, initial, 200, Duration.ofSeconds(1));
    }
}
