package dev.breakwater.order.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.order.OrderServiceTest;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.persistence.BinaryUuid;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class SagaFlowTest extends OrderServiceTest {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

    @Test
    void an_order_is_reserved_paid_and_confirmed() {
        var id = placed();
        stock("StockReserved", id);
        awaitStatus(id, "RESERVED");
        payment("PaymentCaptured", id);
        awaitState(id, SagaState.COMMITTING);
        assertThat(status(id)).isEqualTo("RESERVED");
        stock("StockCommitted", id);
        awaitStatus(id, "CONFIRMED");

        var timeline = api.order("alice", id).body().path("timeline");
        assertThat(timeline.valueStream().map(step -> step.path("status").asString()))
                .containsExactly("PENDING", "RESERVED", "CONFIRMED");
    }

    @Test
    void an_order_without_stock_is_rejected_with_the_reason() {
        var id = placed();
        answer(
                Topics.INVENTORY_EVENTS,
                "StockRejected",
                id,
                Map.of("orderId", id, "reason", "OUT_OF_STOCK", "sku", "LAMP-1"));
        awaitStatus(id, "REJECTED");
        assertThat(api.order("alice", id).text("reason")).isEqualTo("OUT_OF_STOCK");
        assertThat(api.cancel("alice", id).status()).isEqualTo(409);
    }

    @Test
    void a_declined_payment_cancels_the_order_once_its_stock_is_back() {
        var id = placed();
        stock("StockReserved", id);
        answer(
                Topics.PAYMENT_EVENTS,
                "PaymentDeclined",
                id,
                Map.of("orderId", id, "reason", "PAYMENT_REFUSED_BY_RISK"));
        awaitState(id, SagaState.RELEASING);
        assertThat(status(id)).isEqualTo("RESERVED");
        assertThat(api.order("alice", id).body().has("reason")).isFalse();
        stock("StockReleased", id);
        awaitStatus(id, "CANCELLED");
        assertThat(api.order("alice", id).text("reason")).isEqualTo("PAYMENT_REFUSED_BY_RISK");
    }

    @Test
    void a_cancel_after_confirmation_gives_back_money_then_stock() {
        var id = confirmed();
        var cancel = api.cancel("alice", id);
        assertThat(cancel.status()).isEqualTo(202);
        assertThat(cancel.text("status")).isEqualTo("CONFIRMED");
        assertThat(api.cancel("alice", id).status()).isEqualTo(202);
        payment("PaymentRefunded", id);
        awaitState(id, SagaState.RELEASING);
        stock("StockReleased", id);
        awaitStatus(id, "CANCELLED");
        assertThat(api.order("alice", id).text("reason")).isEqualTo("CUSTOMER");
        assertThat(api.cancel("alice", id).status()).isEqualTo(202);
    }

    @Test
    void a_cancel_comes_too_late_after_the_window() {
        var id = confirmed();
        jdbc.sql("UPDATE orders SET confirmed_at = ? WHERE id = ?")
                .params(Timestamp.from(Instant.now().minus(Duration.ofMinutes(16))), bytes(id))
                .update();
        var cancel = api.cancel("alice", id);
        assertThat(cancel.status()).isEqualTo(409);
        assertThat(cancel.text("code")).isEqualTo("order_not_cancellable");
    }

    @Test
    void another_customers_order_cannot_be_seen_or_cancelled() {
        var id = placed();
        assertThat(api.order("bob", id).text("code")).isEqualTo("order_not_found");
        assertThat(api.order("Alice", id).status()).isEqualTo(404);
        assertThat(api.cancel("bob", id).status()).isEqualTo(404);
        assertThat(api.order("alice", UUID.randomUUID().toString()).status()).isEqualTo(404);
        assertThat(api.order("alice", "not-an-id").status()).isEqualTo(400);
    }

    @Test
    void a_step_that_takes_too_long_is_given_up() {
        var id = placed();
        due(id);
        awaitState(id, SagaState.RELEASING);
        stock("StockReleased", id);
        awaitStatus(id, "CANCELLED");
        assertThat(api.order("alice", id).text("reason")).isEqualTo("TIMED_OUT");
    }

    @Test
    void a_payment_that_had_begun_when_it_timed_out_still_decides() {
        var id = placed();
        stock("StockReserved", id);
        awaitStatus(id, "RESERVED");
        due(id);
        awaitState(id, SagaState.TIMING_OUT_PAYMENT);
        payment("PaymentCaptured", id);
        stock("StockCommitted", id);
        awaitStatus(id, "CONFIRMED");
        assertThat(api.order("alice", id).body().has("reason")).isFalse();
    }

    @Test
    void a_late_reservation_is_released_and_a_late_capture_refunded() {
        var id = placed();
        due(id);
        awaitState(id, SagaState.RELEASING);
        stock("StockReleased", id);
        awaitStatus(id, "CANCELLED");
        var before = commandsTo(id);
        stock("StockReserved", id);
        payment("PaymentCaptured", id);
        await().untilAsserted(() -> assertThat(commandsTo(id)).isEqualTo(before + 2));
        assertThat(status(id)).isEqualTo("CANCELLED");
    }

    @Test
    void a_poisonous_answer_harms_no_neighbour_and_is_put_aside() {
        var id = placed();
        var before = deadLetters();
        send(Topics.INVENTORY_EVENTS, id, "StockReserved", "{\"orderId\": 7".getBytes(StandardCharsets.UTF_8));
        send(Topics.INVENTORY_EVENTS, id, "StockReserved", "{}".getBytes(StandardCharsets.UTF_8));
        send(Topics.INVENTORY_EVENTS, id, "SomethingNew", "{}".getBytes(StandardCharsets.UTF_8));
        stock("StockReserved", id);
        awaitStatus(id, "RESERVED");
        await().untilAsserted(() -> assertThat(deadLetters()).isEqualTo(before + 2));
    }

    @Test
    void a_step_that_cannot_be_is_refused_and_counted() {
        var id = placed();
        var refused = meters.counter("saga.refused", "state", "RESERVING", "trigger", "STOCK_COMMITTED");
        var before = refused.count();
        stock("StockCommitted", id);
        await().untilAsserted(() -> assertThat(refused.count()).isEqualTo(before + 1));
        assertThat(status(id)).isEqualTo("PENDING");
    }

    @Test
    void the_list_is_the_callers_own_newest_first_in_pages() {
        var ids = new ArrayList<String>();
        for (var n = 0; n < 5; n++) {
            ids.addFirst(api.place("lister").text("id"));
        }
        var seen = new ArrayList<String>();
        var path = "/api/v1/orders?limit=2";
        while (!path.isEmpty()) {
            var page = api.get("lister", path);
            assertThat(page.status()).isEqualTo(200);
            page.body()
                    .path("items")
                    .valueStream()
                    .forEach(order -> seen.add(order.path("id").asString()));
            path = page.body().has("nextCursor") ? "/api/v1/orders?limit=2&cursor=" + page.text("nextCursor") : "";
        }
        assertThat(seen).isEqualTo(ids);
        assertThat(new HashSet<>(seen)).hasSize(5);
        assertThat(api.get("lister", "/api/v1/orders?limit=0").status()).isEqualTo(400);
        assertThat(api.get("lister", "/api/v1/orders?limit=101").status()).isEqualTo(400);
        assertThat(api.get("lister", "/api/v1/orders?cursor=nonsense").status()).isEqualTo(400);
        assertThat(api.get("nobody", "/api/v1/orders").body().path("items").size())
                .isZero();
    }

    @Test
    void the_counters_say_what_the_rows_say() {
        confirmed();
        var ledger = api.ledger();
        assertThat(ledger.status()).as(ledger.raw().body()).isEqualTo(200);
        assertThat(ledger.body().path("violations").size())
                .as(ledger.raw().body())
                .isZero();
        jdbc.sql("UPDATE figures SET amount = amount + 1 WHERE name = 'accepted' ORDER BY slot LIMIT 1")
                .update();
        assertThat(api.ledger().body().path("violations").toString()).contains("accepted");
        jdbc.sql("UPDATE figures SET amount = amount - 1 WHERE name = 'accepted' ORDER BY slot LIMIT 1")
                .update();
    }

    private String placed() {
        return api.place("alice").text("id");
    }

    private String confirmed() {
        var id = placed();
        stock("StockReserved", id);
        payment("PaymentCaptured", id);
        awaitState(id, SagaState.COMMITTING);
        stock("StockCommitted", id);
        awaitStatus(id, "CONFIRMED");
        return id;
    }

    private void due(String id) {
        jdbc.sql("UPDATE orders SET due_at = ? WHERE id = ?")
                .params(Timestamp.from(Instant.now().minusSeconds(1)), bytes(id))
                .update();
    }

    private void awaitStatus(String id, String status) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(status(id)).isEqualTo(status));
    }

    private void awaitState(String id, SagaState state) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(jdbc.sql("SELECT state FROM orders WHERE id = ?")
                                .param(bytes(id))
                                .query(String.class)
                                .single())
                        .isEqualTo(state.name()));
    }

    private String status(String id) {
        return api.order("alice", id).text("status");
    }

    /** Commands ever written for an order: ids in the outbox only grow, and what was sent is on its topic. */
    private long commandsTo(String id) {
        return CommandsOnTopics.count(id);
    }

    private long deadLetters() {
        return api.ledger().body().path("events").path("deadLetters").asLong();
    }

    private static byte[] bytes(String id) {
        return BinaryUuid.toBytes(UUID.fromString(id));
    }
}
