package dev.breakwater.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.breakwater.payment.lifecycle.Payment;
import dev.breakwater.payment.lifecycle.PaymentBook;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.testing.TestTokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The bank away, its channels slow or full, and their breakers. */
class ChannelsTest extends PaymentServiceTest {

    private final PaymentBook book;
    private final Transactions transactions;
    private final MeterRegistry meters;

    @Autowired
    ChannelsTest(PaymentBook book, Transactions transactions, MeterRegistry meters) {
        this.book = book;
        this.transactions = transactions;
        this.meters = meters;
    }

    @Test
    void a_bank_that_is_away_keeps_payments_pending_until_it_is_back() {
        BANK.stop();
        List<UUID> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(orders.capture("tok_ok", 100));
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (UUID orderId : waiting) {
                assertThat(calls(orderId)).isGreaterThan(3);
                assertThat(payment(orderId).at("/status").asString()).isEqualTo("PENDING");
            }
        });
        assertThat(get("/internal/ledger", TestTokens.admin()).statusCode()).isEqualTo(503);
        assertThat(get("/internal/ledger", TestTokens.admin()).body()).contains("\"bank_unavailable\"");

        BANK.start();

        waiting.forEach(orderId -> awaitHeard(orderId, "PaymentCaptured"));
    }

    @Test
    void no_card_of_one_customer_closes_a_channel_to_another() {
        // Another test may have left them open; this card goes to both.
        await().atMost(PATIENCE).until(() -> {
            awaitHeard(orders.capture("tok_flaky", 100), "PaymentCaptured");
            return isClosed("bank-harbour") && isClosed("bank-quayside");
        });
        double before = notCalled();
        List<UUID> all = new ArrayList<>(orders.captureAtOnce(40, "tok_timeout", 100));
        all.addAll(orders.captureAtOnce(40, "tok_flaky", 100));
        all.addAll(orders.captureAtOnce(40, "tok_slow", 100));
        all.addAll(orders.captureAtOnce(40, "tok_ok", 100));

        await().atMost(PATIENCE.multipliedBy(2)).untilAsserted(() -> {
            for (UUID orderId : all) {
                assertThat(orders.heardOf(orderId)).containsExactly("PaymentCaptured");
            }
        });
        assertThat(notCalled()).isEqualTo(before);
    }

    @Test
    void a_bank_that_is_away_is_left_alone_and_called_again_once_it_is_back() {
        BANK.stop();
        double before = notCalled();
        List<UUID> waiting = orders.captureAtOnce(30, "tok_ok", 100);
        await().atMost(PATIENCE).until(() -> notCalled() > before);

        BANK.start();

        waiting.forEach(orderId -> awaitHeard(orderId, "PaymentCaptured"));
    }

    @Test
    void a_channel_without_room_does_not_stand_before_the_others() {
        UUID atHarbour = UUID.randomUUID();
        UUID atQuayside = UUID.randomUUID();
        UUID atFormerChannel = UUID.randomUUID();
        Map<String, Integer> room = Map.of("harbour", 0, "quayside", 1);
        Map<String, Integer> roomEverywhere = Map.of("harbour", 1, "quayside", 1);

        Runnable work = () -> {
            Instant due = Instant.now().minusSeconds(60);
            leftBehindAt("harbour", atHarbour, due);
            leftBehindAt("quayside", atQuayside, due.plusSeconds(1));
            leftBehindAt("pier", atFormerChannel, due.plusSeconds(2));

            assertThat(book.beginDue(room, UUID.randomUUID()))
                    .extracting(Payment::orderId)
                    .containsExactly(atQuayside);
            assertThat(book.beginDue(roomEverywhere, UUID.randomUUID()))
                    .extracting(Payment::orderId)
                    .containsExactly(atFormerChannel);
            assertThat(book.beginDue(roomEverywhere, UUID.randomUUID()))
                    .extracting(Payment::orderId)
                    .containsExactly(atHarbour);
            throw new RolledBack();
        };

        // The service itself must not find them.
        assertThatExceptionOfType(RolledBack.class).isThrownBy(() -> transactions.write(work));
    }

    @Test
    void fewer_calls_are_made_at_a_time_while_the_bank_is_too_slow_and_more_again_when_it_is_quick() {
        // What is normal must be known before anything can be slow.
        for (int round = 0; round < 3; round++) {
            captureHundred("tok_ok");
        }
        double whileQuick = limitOfHarbour();

        captureUntil("tok_timeout", limit -> limit < whileQuick - 1);
        double whileSlow = limitOfHarbour();

        captureUntil("tok_ok", limit -> limit > whileSlow + 1);
    }

    /** Captures payments until the limit of the preferred channel is as told. */
    private void captureUntil(String token, DoublePredicate reached) {
        await().atMost(PATIENCE.multipliedBy(2)).pollDelay(Duration.ZERO).until(() -> {
            captureHundred(token);
            return reached.test(limitOfHarbour());
        });
    }

    private void captureHundred(String token) {
        List<UUID> all = orders.captureAtOnce(100, token, 100);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(all)
                        .allSatisfy(
                                orderId -> assertThat(orders.heardOf(orderId)).containsExactly("PaymentCaptured")));
    }

    /** Calls that were not made, for a channel's breaker was open. */
    private double notCalled() {
        return meters.find("payment.bank.calls").tag("answer", "NOT_CALLED").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private boolean isClosed(String breaker) {
        return meters.get("resilience4j.circuitbreaker.state")
                        .tags("name", breaker, "state", "closed")
                        .gauge()
                        .value()
                == 1;
    }

    private double limitOfHarbour() {
        return meters.get("adaptive.limit").tag("name", "bank-harbour").gauge().value();
    }

    /** A refund that somebody began at a channel and did not end. */
    private void leftBehindAt(String channel, UUID orderId, Instant due) {
        jdbc.sql("""
                INSERT INTO payments (order_id, id, customer, amount_minor, currency, token, state, refund_wanted, channel,
                                      begun_at, pinned, failures, due_at, next_channel, created_at, updated_at)
                VALUES (:order, :order, 'alice', 100, 'CNY', 'tok_ok', 'REFUNDING', TRUE, :channel,
                        :due, FALSE, 0, :due, :channel, :due, :due)
                """)
                .param("order", BinaryUuid.toBytes(orderId))
                .param("channel", channel)
                .param("due", Timestamp.from(due))
                .update();
    }

    private static final class RolledBack extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
