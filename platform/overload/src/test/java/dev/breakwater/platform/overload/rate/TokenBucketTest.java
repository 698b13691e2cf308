package dev.breakwater.platform.overload.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    @Test
    void a_full_bucket_lets_its_burst_through_and_then_one_each_interval() {
        var bucket = TokenBucket.full(new Rate(10, Duration.ofSeconds(1), 3), 0);

        assertThat(IntStream.range(0, 5).filter(_ -> bucket.tryTake(0))).hasSize(3);
        assertThat(bucket.tryTake(millis(99))).isFalse();
        assertThat(bucket.tryTake(millis(100))).isTrue();
        assertThat(bucket.tryTake(millis(199))).isFalse();
        assertThat(bucket.available(millis(299))).isEqualTo(1);
        assertThat(bucket.available(millis(10_000))).isEqualTo(3);
    }

    @Test
    void in_no_time_at_all_more_than_the_burst_and_the_rate_is_let_through() {
        var random = new Random(11);
        for (var run = 0; run < 200; run++) {
            var rate = new Rate(
                    1 + random.nextInt(5_000), Duration.ofMillis(1 + random.nextInt(5_000)), 1 + random.nextInt(300));
            // Any beginning, one shortly before the clock runs over included.
            var now = run % 5 == 0 ? Long.MAX_VALUE - random.nextInt(1_000_000) : random.nextLong();
            var began = now;
            var bucket = TokenBucket.full(rate, now);
            var admitted = new ArrayList<Long>();
            for (var call = 0; call < 400; call++) {
                now += steps(random, rate);
                if (bucket.tryTake(now)) {
                    admitted.add(now - began);
                }
            }
            assertNeverMore(admitted, rate);
        }
    }

    @Test
    void a_flood_gets_the_whole_rate_and_no_more() {
        var rate = new Rate(1_000, Duration.ofSeconds(1), 50);
        var bucket = TokenBucket.emptyAt(rate, 0);

        var admitted = IntStream.range(0, 100_000)
                .filter(call -> bucket.tryTake(call * 100_000L))
                .count();

        assertThat(admitted).isBetween(9_990L, 10_000L);
    }

    @Test
    void what_is_given_back_can_be_taken_again_and_no_more_than_that() {
        var bucket = TokenBucket.full(new Rate(1, Duration.ofHours(1), 2), 0);
        bucket.tryTake(0);
        bucket.tryTake(0);

        bucket.giveBack();

        assertThat(bucket.tryTake(1)).isTrue();
        assertThat(bucket.tryTake(1)).isFalse();
    }

    @Test
    void a_clock_that_goes_back_brings_no_tokens() {
        var bucket = TokenBucket.full(new Rate(10, Duration.ofSeconds(1), 1), millis(1_000));

        assertThat(bucket.tryTake(millis(1_000))).isTrue();
        assertThat(bucket.tryTake(millis(500))).isFalse();
        assertThat(bucket.tryTake(millis(1_099))).isFalse();
        assertThat(bucket.tryTake(millis(1_100))).isTrue();
    }

    @Test
    void many_who_take_at_once_get_the_burst_together() throws Exception {
        var bucket = TokenBucket.full(new Rate(1, Duration.ofDays(1), 1_000), 0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var taken = 0;
            List<Future<Integer>> all = IntStream.range(0, 8)
                    .mapToObj(_ -> threads.submit(() -> (int) IntStream.range(0, 500)
                            .filter(_ -> bucket.tryTake(0))
                            .count()))
                    .toList();
            for (var one : all) {
                taken += one.get();
            }
            assertThat(taken).isEqualTo(1_000);
        }
    }

    @Test
    void shares_add_up_to_the_rate() {
        var rate = new Rate(1_000, Duration.ofSeconds(1), 100);

        assertThat(rate.share(4).within(Duration.ofSeconds(1))).isEqualTo(250);
        assertThat(rate.share(4).burst()).isEqualTo(25);
        assertThat(rate.share(1)).isEqualTo(rate);
    }

    @Test
    void a_rate_without_sense_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(0, Duration.ofSeconds(1), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, Duration.ZERO, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, Duration.ofSeconds(1), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, Duration.ofDays(1), 10_000_000));
    }

    /** Mostly faster than the rate, at times nothing for long. */
    private static long steps(Random random, Rate rate) {
        var interval = rate.intervalNanos();
        return random.nextInt(20) == 0
                ? random.nextLong(interval * rate.burst() + 1)
                : random.nextLong(Math.max(1, interval / 2));
    }

    /** Between any two calls, both counted. */
    private static void assertNeverMore(List<Long> admitted, Rate rate) {
        var worst = 0.0;
        for (var first = 0; first < admitted.size(); first++) {
            for (var last = first; last < admitted.size(); last++) {
                var time = Duration.ofNanos(admitted.get(last) - admitted.get(first));
                worst = Math.max(worst, last - first + 1 - rate.burst() - rate.within(time));
            }
        }
        assertThat(worst).isLessThan(1e-6);
    }

    private static long millis(long millis) {
        return millis * 1_000_000;
    }
}
