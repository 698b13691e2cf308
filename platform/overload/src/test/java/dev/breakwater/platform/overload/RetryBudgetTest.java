package dev.breakwater.platform.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final long SLICE = WINDOW.toNanos() / 10;

    private final AtomicLong nanoTime = new AtomicLong(-5_000_000_000L);

    @Test
    void a_tenth_of_the_calls_may_be_tried_again() {
        var budget = budget(0.1, 0);
        call(budget, 1_000);

        assertThat(retries(budget, 500)).isEqualTo(100);
        assertThat(budget.refused()).isEqualTo(400);

        call(budget, 10);
        assertThat(retries(budget, 500)).isEqualTo(1);
    }

    @Test
    void a_caller_with_few_calls_may_retry_a_few_times_a_second() {
        var budget = budget(0.1, 2);

        assertThat(retries(budget, 100)).isEqualTo(20);
    }

    @Test
    void what_was_not_used_is_lost_with_its_window_and_what_was_used_comes_back() {
        var budget = budget(0.1, 1);
        call(budget, 1_000);
        pass(WINDOW);
        assertThat(retries(budget, 200)).isEqualTo(10);

        assertThat(retries(budget, 1)).isZero();
        pass(WINDOW);
        assertThat(retries(budget, 200)).isEqualTo(10);
    }

    @Test
    void over_any_window_there_are_never_more_retries_than_the_share_and_the_floor_allow() {
        for (var seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var share = random.nextDouble() / 2;
            var perSecond = random.nextInt(3);
            var budget = budget(share, perSecond);
            var began = nanoTime.get();
            var calls = new ArrayList<Long>();
            var retries = new ArrayList<Long>();
            for (var step = 0; step < 3_000; step++) {
                // Bursts, silences, and now and then a longer one than the window.
                nanoTime.addAndGet(
                        random.nextInt(50) == 0 ? random.nextLong(2 * WINDOW.toNanos()) : random.nextInt(1 << 24));
                if (random.nextBoolean()) {
                    budget.called();
                    calls.add(nanoTime.get());
                }
                for (var tries = random.nextInt(3); tries > 0; tries--) {
                    if (budget.tryRetry()) {
                        retries.add(nanoTime.get());
                        var since = Math.floorDiv(nanoTime.get() - began, SLICE) - 9;
                        assertThat((double) within(retries, began, since))
                                .isLessThanOrEqualTo(share * within(calls, began, since) + perSecond * 10 + 1e-9);
                    }
                }
            }
        }
    }

    @Test
    void many_at_once_never_have_more_than_there_is() throws Exception {
        var budget = budget(0.1, 0);
        call(budget, 10_000);
        var allowed = new AtomicLong();
        var threads = new ArrayList<Thread>();
        for (var caller = 0; caller < 8; caller++) {
            threads.add(Thread.ofPlatform().start(() -> allowed.addAndGet(retries(budget, 1_000))));
        }
        for (var thread : threads) {
            thread.join();
        }

        // All but a few: those that met at the end of the budget.
        assertThat(allowed.get()).isBetween(990L, 1_000L);
        assertThat(budget.refused()).isEqualTo(8_000 - allowed.get());
    }

    @Test
    void settings_out_of_bounds_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> budget(-0.1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> budget(1.1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> budget(0.1, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryBudgetSettings(0.1, 1, Duration.ZERO));
    }

    private RetryBudget budget(double share, double perSecond) {
        return new RetryBudget(new RetryBudgetSettings(share, perSecond, WINDOW), nanoTime::get);
    }

    private static void call(RetryBudget budget, int times) {
        for (var i = 0; i < times; i++) {
            budget.called();
        }
    }

    private static int retries(RetryBudget budget, int tries) {
        var allowed = 0;
        for (var i = 0; i < tries; i++) {
            if (budget.tryRetry()) {
                allowed++;
            }
        }
        return allowed;
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    /** In the slice {@code since} or later. */
    private static long within(List<Long> times, long began, long since) {
        return times.stream()
                .filter(time -> Math.floorDiv(time - began, SLICE) >= since)
                .count();
    }
}
