package dev.breakwater.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.persistence.BinaryUuid;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of a charge, by its card and by what happens to the call. */
class CardsTest extends PaymentServiceTest {

    @Test
    void a_good_card_is_captured() {
        UUID orderId = orders.capture("tok_ok", 25_800);

        awaitHeard(orderId, "PaymentCaptured");

        JsonNode payment = payment(orderId);
        assertThat(payment.at("/status").asString()).isEqualTo("CAPTURED");
        assertThat(payment.at("/amountMinor").asLong()).isEqualTo(25_800);
        assertThat(payment.at("/currency").asString()).isEqualTo("CNY");
        assertThat(payment.at("/channel").asString()).isEqualTo("harbour");
        assertThat(orders.last(orderId).at("/paymentId")).isEqualTo(payment.at("/id"));
        assertThat(orders.last(orderId).at("/amountMinor").asLong()).isEqualTo(25_800);
    }

    @Test
    void a_card_that_the_bank_declines_is_declined() {
        UUID orderId = orders.capture("tok_declined", 100);

        awaitHeard(orderId, "PaymentDeclined");

        assertThat(orders.last(orderId).at("/reason").asString()).isEqualTo("PAYMENT_DECLINED");
        assertThat(payment(orderId).at("/status").asString()).isEqualTo("DECLINED");
    }

    @Test
    void a_risky_card_and_a_huge_amount_never_reach_the_bank() {
        UUID risky = orders.capture("tok_risky", 100);
        UUID huge = orders.capture("tok_ok", 1_000_001);

        for (UUID orderId : List.of(risky, huge)) {
            awaitHeard(orderId, "PaymentDeclined");
            assertThat(orders.last(orderId).at("/reason").asString()).isEqualTo("PAYMENT_REFUSED_BY_RISK");
            assertThat(attempts(orderId)).isEmpty();
        }
    }

    @Test
    void a_slow_card_is_captured_at_the_first_try() {
        UUID orderId = orders.capture("tok_slow", 100);

        awaitHeard(orderId, "PaymentCaptured");

        assertThat(attempts(orderId)).containsExactly("CHARGE harbour 1 SUCCEEDED");
    }

    @Test
    void certain_refusals_lead_to_the_next_channel_with_the_same_key() {
        UUID orderId = orders.capture("tok_flaky", 100);

        awaitHeard(orderId, "PaymentCaptured");

        assertThat(attempts(orderId)).containsExactly("CHARGE harbour 2 SUCCEEDED", "CHARGE quayside 1 REFUSED");
        assertThat(jdbc.sql("SELECT COUNT(DISTINCT bank_key) FROM attempts WHERE order_id = ?")
                        .param(BinaryUuid.toBytes(orderId))
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void a_lost_answer_is_asked_for_and_never_charged_again() {
        UUID orderId = orders.capture("tok_timeout", 100);

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(payment(orderId).at("/status").asString()).isIn("UNKNOWN", "CAPTURED"));
        awaitHeard(orderId, "PaymentCaptured");

        assertThat(attempts(orderId)).containsExactly("CHARGE harbour 1 SUCCEEDED");
    }

    @Test
    void a_charge_that_was_cut_off_by_a_crash_after_the_bank_did_it_is_found() {
        UUID orderId = UUID.randomUUID();
        UUID paymentId = UUID.randomUUID();
        BANK.charge("quayside", paymentId.toString(), orderId.toString(), 700);

        leftBehindWhileCharging(orderId, paymentId, 700);

        awaitHeard(orderId, "PaymentCaptured");
        assertThat(attempts(orderId)).containsExactly("CHARGE quayside 1 SUCCEEDED");
    }

    @Test
    void a_charge_that_was_cut_off_before_the_bank_heard_of_it_is_made_there_once_the_bound_has_passed() {
        UUID orderId = UUID.randomUUID();

        leftBehindWhileCharging(orderId, UUID.randomUUID(), 700);

        awaitHeard(orderId, "PaymentCaptured");
        assertThat(attempts(orderId)).containsExactly("CHARGE quayside 2 SUCCEEDED");
    }

    @Test
    void many_payments_at_once_are_each_charged_once() {
        List<UUID> all = new ArrayList<>();
        String[] tokens = {"tok_ok", "tok_ok", "tok_flaky", "tok_slow", "tok_ok", "tok_timeout"};
        for (int i = 0; i < 120; i++) {
            all.add(orders.capture(tokens[i % tokens.length], 100));
        }

        await().atMost(PATIENCE).untilAsserted(() -> {
            for (UUID orderId : all) {
                assertThat(orders.heardOf(orderId)).containsExactly("PaymentCaptured");
            }
        });
    }
}
