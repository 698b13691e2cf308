package dev.breakwater.order.saga;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.order.OrderStatementsTest;
import dev.breakwater.order.saga.NewOrders.NewOrder;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.persistence.UuidV7;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

class SagaStatementsTest extends OrderStatementsTest {

    /** As many as one poll of the consumer may bring. */
    private static final int LARGEST_BATCH = 500;

    @Autowired
    private NewOrders newOrders;

    @Autowired
    private Answers answers;

    @Autowired
    private Transactions transactions;

    private final UuidV7 ids = new UuidV7();

    @Test
    void answers_cancellations_and_time_outs_walk_indexes() throws Exception {
        stopRelay();
        var batches = IntStream.range(0, 6).mapToObj(n -> begin()).toList();
        for (var orderIds : batches.subList(0, 4)) {
            answer(Topics.INVENTORY_EVENTS, "StockReserved", orderIds);
        }
        for (var orderIds : batches.subList(1, 4)) {
            answer(Topics.PAYMENT_EVENTS, "PaymentCaptured", orderIds);
        }
        answer(Topics.INVENTORY_EVENTS, "StockCommitted", batches.get(3));
        answer(Topics.INVENTORY_EVENTS, "StockRejected", batches.get(4));
        for (var orderId : batches.get(3).subList(0, 5)) {
            assertThat(api.cancel("carol", orderId.toString()).status()).isEqualTo(202);
        }
        letBeDue(batches.get(5));
        runScheduledTasks();

        assertThatNothingScans(
                "FROM inbox",
                "DELETE FROM inbox",
                "FROM orders WHERE id IN",
                "WHERE due_at <= ?",
                "UPDATE orders FORCE INDEX (PRIMARY) SET status",
                "FROM order_items");
    }

    private List<UUID> begin() {
        var wanted = IntStream.range(0, LARGEST_BATCH)
                .mapToObj(n -> new NewOrder(
                        ids.next(),
                        "carol",
                        List.of(new OrderItem("LAMP-1", 1, 12_900), new OrderItem("DESK-1", 2, 99_900)),
                        "CNY",
                        new PaymentMethod("card", "tok_ok"),
                        null))
                .toList();
        transactions.write(() -> newOrders.begin(wanted));
        return wanted.stream().map(NewOrder::id).toList();
    }

    private void answer(String topic, String type, List<UUID> orderIds) {
        answers.on(orderIds.stream()
                .map(orderId -> {
                    var payload = "{\"orderId\": \"%s\"}".formatted(orderId).getBytes(UTF_8);
                    var answer = new ConsumerRecord<>(topic, 0, 0, orderId.toString(), payload);
                    answer.headers()
                            .add("event-id", UUID.randomUUID().toString().getBytes(UTF_8))
                            .add("event-type", type.getBytes(UTF_8))
                            .add("event-version", "1".getBytes(UTF_8));
                    return answer;
                })
                .toList());
    }

    private void letBeDue(List<UUID> orderIds) {
        new JdbcTemplate(plans.database())
                .update("UPDATE orders SET due_at = '2020-01-01' WHERE state = 'RESERVING' AND id >= ?", (Object)
                        BinaryUuid.toBytes(orderIds.getFirst()));
    }
}
