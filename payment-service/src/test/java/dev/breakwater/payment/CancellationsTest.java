package dev.breakwater.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.testing.TestTokens;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Payments that are withdrawn or given back, and commands that come again. */
class CancellationsTest extends PaymentServiceTest {

    @Test
    void a_void_leaves_a_tombstone_that_the_late_capture_finds() {
        UUID orderId = UUID.randomUUID();

        orders.withdraw(orderId);
        awaitHeard(orderId, "PaymentVoided");
        assertThat(get("/api/v1/payments/" + orderId, TestTokens.customer("alice"))
                        .statusCode())
                .isEqualTo(404);
        orders.capture(orderId, "tok_ok", 100);

        awaitHeard(orderId, "PaymentVoided", "PaymentVoided");
        assertThat(attempts(orderId)).isEmpty();
    }

    @Test
    void a_void_while_the_bank_is_away_ends_the_payment_uncharged() {
        BANK.stop();
        UUID orderId = orders.capture("tok_ok", 100);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(calls(orderId)).isGreaterThan(3));

        await().atMost(PATIENCE).untilAsserted(() -> {
            orders.withdraw(orderId);
            assertThat(orders.heardOf(orderId)).contains("PaymentVoided");
        });

        assertThat(payment(orderId).at("/status").asString()).isEqualTo("DECLINED");
    }

    @Test
    void a_captured_payment_is_refunded_once() {
        UUID orderId = orders.capture("tok_ok", 900);
        awaitHeard(orderId, "PaymentCaptured");

        orders.refund(orderId);
        awaitHeard(orderId, "PaymentCaptured", "PaymentRefunded");
        orders.refund(orderId);
        awaitHeard(orderId, "PaymentCaptured", "PaymentRefunded", "PaymentRefunded");

        assertThat(orders.last(orderId).at("/amountMinor").asLong()).isEqualTo(900);
        assertThat(payment(orderId).at("/status").asString()).isEqualTo("REFUNDED");
        assertThat(attempts(orderId)).containsExactly("CHARGE harbour 1 SUCCEEDED", "REFUND harbour 1 SUCCEEDED");
    }

    @Test
    void a_refund_of_what_is_still_under_way_follows_its_capture() {
        UUID orderId = orders.capture("tok_timeout", 900);
        orders.refund(orderId);

        awaitHeard(orderId, "PaymentCaptured", "PaymentRefunded");

        assertThat(orders.last(orderId).at("/amountMinor").asLong()).isEqualTo(900);
    }

    @Test
    void a_refund_of_nothing_says_so() {
        UUID declined = orders.capture("tok_declined", 100);
        awaitHeard(declined, "PaymentDeclined");
        UUID unknown = UUID.randomUUID();

        orders.refund(declined);
        orders.refund(unknown);

        awaitHeard(declined, "PaymentDeclined", "PaymentRefunded");
        awaitHeard(unknown, "PaymentRefunded");
        assertThat(orders.last(declined).at("/amountMinor").asLong()).isZero();
        assertThat(orders.last(unknown).at("/amountMinor").asLong()).isZero();
    }

    @Test
    void repeated_commands_are_answered_by_the_recorded_result() {
        UUID captured = orders.capture("tok_ok", 100);
        UUID declined = orders.capture("tok_declined", 100);
        awaitHeard(captured, "PaymentCaptured");
        awaitHeard(declined, "PaymentDeclined");

        orders.capture(captured, "tok_ok", 100);
        orders.withdraw(captured);
        orders.capture(declined, "tok_declined", 100);
        orders.withdraw(declined);

        awaitHeard(captured, "PaymentCaptured", "PaymentCaptured", "PaymentCaptured");
        awaitHeard(declined, "PaymentDeclined", "PaymentDeclined", "PaymentDeclined");
        assertThat(attempts(captured)).hasSize(1);
    }
}
