package dev.breakwater.platform.overload.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private final Lease lease = new Lease();

    @Test
    void what_was_granted_can_be_taken_once() {
        lease.granted(2, 0);

        assertThat(lease.tryTake(0, 0)).isTrue();
        assertThat(lease.tryTake(0, 0)).isTrue();
        assertThat(lease.tryTake(0, 0)).isFalse();
        lease.giveBack(0);
        assertThat(lease.tryTake(0, 0)).isTrue();
    }

    @Test
    void what_is_spent_on_credit_is_paid_for_by_the_next_grant() {
        assertThat(lease.tryTake(0, 2)).isTrue();
        assertThat(lease.tryTake(0, 2)).isTrue();
        assertThat(lease.tryTake(0, 2)).isFalse();

        lease.granted(3, 0);

        assertThat(lease.left(0)).isEqualTo(1);
    }

    @Test
    void what_is_left_for_more_than_a_second_is_forgotten_and_a_debt_is_not() {
        lease.granted(5, millis(10));

        assertThat(lease.left(millis(10 + Lease.KEPT_FOR))).isEqualTo(5);
        assertThat(lease.left(millis(11 + Lease.KEPT_FOR))).isZero();
        assertThat(lease.tryTake(millis(11 + Lease.KEPT_FOR), 0)).isFalse();
        assertThat(lease.tryTake(millis(11 + Lease.KEPT_FOR), 1)).isTrue();
        assertThat(lease.left(millis(1_000_000))).isEqualTo(-1);
    }

    @Test
    void any_clock_and_any_amount_fit_into_the_one_number() {
        var random = new Random(3);
        for (var run = 0; run < 10_000; run++) {
            var one = new Lease();
            var now = random.nextLong();
            var tokens = random.nextInt(1_000_000);
            one.granted(tokens, now);
            one.tryTake(now, 0);

            assertThat(one.left(now)).isEqualTo(Math.max(0, tokens - 1));
        }
    }

    private static long millis(long millis) {
        return millis * 1_000_000;
    }
}
