package dev.breakwater.order.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.order.OrderApi;
import dev.breakwater.order.OrderStatementsTest;
import dev.breakwater.order.saga.NewOrders.NewOrder;
import dev.breakwater.order.saga.OrderItem;
import dev.breakwater.order.saga.PaymentMethod;
import dev.breakwater.platform.persistence.IdempotencyRecords;
import dev.breakwater.platform.persistence.IdempotencyRecords.Name;
import dev.breakwater.platform.persistence.UuidV7;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class PlacementStatementsTest extends OrderStatementsTest {

    private static final int LARGEST_BATCH = 256;

    @Autowired
    private SharedPlacement placement;

    private final UuidV7 ids = new UuidV7();

    @Test
    void placing_repeating_and_reading_orders_walks_indexes() throws Exception {
        placeOverHttpAndRead();
        placement.write(submissions(0));
        await().until(() -> plans.statements().stream().anyMatch(PlacementStatementsTest::deletesSeveral));
        stopRelay();
        for (var batch = 1; batch < 12; batch++) {
            placement.write(submissions(batch));
        }
        placement.write(submissions(7));
        placement.write(submissions(12).subList(0, 1));
        readPages();
        runScheduledTasks();

        assertThatNothingScans(
                "FROM idempotency_keys FORCE INDEX (PRIMARY)",
                "FOR UPDATE NOWAIT",
                "DELETE FROM idempotency_keys",
                "FROM orders WHERE id IN",
                "FROM orders WHERE customer",
                "FROM order_items",
                "FROM order_timeline",
                "FROM prices",
                "UNION ALL",
                "DELETE o FROM outbox");
    }

    private void placeOverHttpAndRead() {
        var key = UUID.randomUUID().toString();
        var placed = api.place("alice", key, OrderApi.ONE_LAMP);
        assertThat(placed.status()).isEqualTo(202);
        assertThat(api.place("alice", key, OrderApi.ONE_LAMP).text("id")).isEqualTo(placed.text("id"));
        assertThat(api.order("alice", placed.text("id")).status()).isEqualTo(200);
    }

    private static boolean deletesSeveral(String sql) {
        return sql.startsWith("DELETE o FROM outbox") && sql.contains(",");
    }

    private void readPages() {
        var first = api.get("customer-3", "/api/v1/orders?limit=20");
        assertThat(first.body().path("items").size()).isEqualTo(20);
        var second = api.get("customer-3", "/api/v1/orders?limit=20&cursor=" + first.text("nextCursor"));
        assertThat(second.body().path("items").size()).isEqualTo(20);
    }

    private List<Submission> submissions(int batch) {
        return IntStream.range(0, LARGEST_BATCH)
                .mapToObj(n -> submission("customer-" + n % 16, "key-" + batch + "-" + n))
                .toList();
    }

    private Submission submission(String customer, String key) {
        var items = List.of(new OrderItem("LAMP-1", 1, 12_900), new OrderItem("DESK-1", 1, 99_900));
        var order = new NewOrder(ids.next(), customer, items, "CNY", new PaymentMethod("card", "tok_ok"), null);
        return new Submission(
                new Name(customer, "POST /api/v1/orders", key), IdempotencyRecords.fingerprint(key), order);
    }
}
