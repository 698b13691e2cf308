package dev.breakwater.platform.overload.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeakyBucketTest {

    private static final Rate TEN = new Rate(10, Duration.ofSeconds(1), 1);

    @Test
    void those_who_come_together_go_on_one_after_another_and_who_would_wait_too_long_does_not_wait() {
        var bucket = new LeakyBucket(TEN, Duration.ofMillis(250), 0);

        assertThat(IntStream.range(0, 5).mapToObj(_ -> bucket.take(0)))
                .containsExactly(0L, millis(100), millis(200), LeakyBucket.REFUSED, LeakyBucket.REFUSED);
        assertThat(bucket.take(millis(1_000))).isZero();
    }

    @Test
    void two_never_go_on_closer_to_each_other_than_the_rate_says_and_none_waits_longer_than_allowed() {
        var random = new Random(5);
        for (var run = 0; run < 200; run++) {
            var rate = new Rate(1 + random.nextInt(2_000), Duration.ofSeconds(1), 1);
            var longest = Duration.ofMillis(random.nextInt(300));
            var now = random.nextLong();
            var bucket = new LeakyBucket(rate, longest, now);
            var turns = new ArrayList<Long>();
            for (var call = 0; call < 500; call++) {
                now += random.nextLong(2 * rate.intervalNanos());
                var wait = bucket.take(now);
                if (wait != LeakyBucket.REFUSED) {
                    assertThat(wait).isBetween(0L, longest.toNanos());
                    turns.add(now + wait);
                }
            }
            for (var turn = 1; turn < turns.size(); turn++) {
                assertThat(turns.get(turn) - turns.get(turn - 1)).isGreaterThanOrEqualTo(rate.intervalNanos());
            }
        }
    }

    @Test
    void a_smoothed_bucket_waits_for_the_turn_and_gives_back_what_gets_none() {
        var now = new AtomicLong();
        var pauses = new ArrayList<Long>();
        var tokens = new CountedLimiter(5);
        var smooth = new SmoothedBucket(tokens, new LeakyBucket(TEN, Duration.ofMillis(150), 0), now::get, nanos -> {
            pauses.add(nanos);
            now.addAndGet(nanos);
        });
        smooth.take();
        assertThat(smooth.take()).isEqualTo(Decision.ADMITTED);
        assertThat(pauses).containsExactly(millis(100));
        assertThat(tokens.left()).isEqualTo(3);

        assertThat(new SmoothedBucket(tokens, refusing(), now::get, pauses::add).take())
                .isEqualTo(Decision.REFUSED);
        assertThat(tokens.left()).isEqualTo(3);
    }

    @Test
    void who_does_not_go_on_gives_back_the_token_and_the_turn() {
        var now = new AtomicLong();
        var pauses = new ArrayList<Long>();
        var tokens = new CountedLimiter(5);
        var smooth = new SmoothedBucket(tokens, new LeakyBucket(TEN, Duration.ofMillis(150), 0), now::get, nanos -> {
            pauses.add(nanos);
            now.addAndGet(nanos);
        });
        smooth.take();

        smooth.giveBack();

        assertThat(tokens.left()).isEqualTo(5);
        assertThat(smooth.take()).isEqualTo(Decision.ADMITTED);
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_turn_given_back_when_others_wait_behind_it_lets_no_two_go_on_together() {
        var bucket = new LeakyBucket(TEN, Duration.ofMillis(250), 0);
        bucket.take(0);
        assertThat(bucket.take(0)).isEqualTo(millis(100));

        bucket.giveBack(0);

        assertThat(bucket.take(0)).isEqualTo(millis(200));
    }

    @Test
    void as_many_have_a_token_as_can_have_their_turn_in_time() {
        assertThat(SmoothedBucket.rate(100, Duration.ofSeconds(1), Duration.ofMillis(50))
                        .burst())
                .isEqualTo(6);
        assertThat(SmoothedBucket.rate(1, Duration.ofSeconds(1), Duration.ofMillis(50))
                        .burst())
                .isEqualTo(1);
    }

    private static LeakyBucket refusing() {
        var bucket = new LeakyBucket(TEN, Duration.ZERO, Long.MAX_VALUE / 2);
        bucket.take(Long.MAX_VALUE / 2);
        return bucket;
    }

    private static long millis(long millis) {
        return millis * 1_000_000;
    }

    private static final class CountedLimiter implements Limiter {

        private long left;

        CountedLimiter(long left) {
            this.left = left;
        }

        @Override
        public Decision take() {
            return left-- > 0 ? Decision.ADMITTED : Decision.REFUSED;
        }

        @Override
        public void giveBack() {
            left++;
        }

        @Override
        public boolean isExhausted() {
            return left == 0;
        }

        @Override
        public long left() {
            return left;
        }

        @Override
        public Duration comeBackIn() {
            return Duration.ofSeconds(1);
        }
    }
}
