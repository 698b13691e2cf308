package dev.breakwater.order.flashsale;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.order.OrderStatementsTest;
import dev.breakwater.order.flashsale.Admission.Ticket;
import dev.breakwater.order.flashsale.RedisDoor.Epoch;
import dev.breakwater.order.intake.QueuedOrder;
import dev.breakwater.order.saga.PaymentMethod;
import dev.breakwater.platform.testing.WithServers;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@WithServers
class FlashSaleStatementsTest extends OrderStatementsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int ORDERS = 600;

    @Autowired
    private SaleRows rows;

    @Autowired
    private RedisDoor door;

    @Test
    void taking_in_settling_giving_back_and_closing_walk_indexes() throws Exception {
        stopRelay();
        var open = sale(Instant.now().plusSeconds(600));
        var ended = sale(Instant.now().minusSeconds(60));
        var ids = new ArrayList<>(queue(open));
        ids.addAll(queue(ended));
        await().atMost(LONG).until(() -> count("flash_sale_orders WHERE place = 'TAKEN'") == ids.size());
        await().atMost(LONG).until(() -> buy(open) == 202);
        ids.subList(0, 30).forEach(id -> stock("StockRejected", id.toString()));
        await().atMost(LONG).until(() -> count("flash_sale_orders WHERE place = 'BACK'") == 30);
        leaveBehind(open);
        await().atMost(LONG)
                .until(() -> plans.statements().stream().anyMatch(FlashSaleStatementsTest::looksForTheOverdue));
        assertThat(api.order("c39", ids.getLast().toString()).status()).isEqualTo(200);
        assertThat(api.get("c7", "/api/v1/orders").status()).isEqualTo(200);
        runScheduledTasks();

        assertThatNothingScans(
                "FORCE INDEX (by_customer)",
                "FORCE INDEX (by_place) WHERE sale_id = ? AND place = 'FREED'",
                "place = 'TAKEN' AND o.status = 'PENDING'",
                "UPDATE flash_sale_orders FORCE INDEX (PRIMARY) SET place",
                "FROM flash_sales FORCE INDEX (by_end)",
                "UPDATE flash_sales SET epoch",
                "FROM orders WHERE customer");
    }

    private static boolean looksForTheOverdue(String sql) {
        return sql.contains("FROM flash_sale_orders FORCE INDEX (PRIMARY)");
    }

    private UUID sale(Instant endsAt) {
        var id = UUID.randomUUID();
        INVENTORY.stubFor(
                get(urlPathEqualTo("/api/v1/flash-sales/" + id)).willReturn(okJson("""
                        {"id": "%s", "sku": "LAMP-1", "priceMinor": 900, "currency": "CNY", "quantity": 10000,
                         "perCustomerLimit": 1000, "startsAt": "1970-01-01T00:00:00Z", "endsAt": "%s"}
                        """.formatted(id, endsAt))));
        await().atMost(LONG)
                .until(() -> api.get("c1", "/api/v1/flash-sales/" + id).status() == 200);
        return id;
    }

    private List<UUID> queue(UUID saleId) {
        var sale = rows.find(saleId).orElseThrow().sale();
        var ids = new ArrayList<UUID>();
        for (var n = 0; n < ORDERS; n++) {
            var customer = "c" + n % 40;
            var order = new QueuedOrder(
                    sale.orderId(customer, "k" + n),
                    saleId,
                    customer,
                    sale.sku(),
                    1,
                    sale.priceMinor(),
                    sale.currency(),
                    sale.perCustomerLimit(),
                    new PaymentMethod("card", "tok_ok"),
                    new UUID(0, n),
                    Instant.now());
            kafka.send(order.toMessage(null).toRecord(order.orderId()));
            ids.add(order.orderId());
        }
        return ids;
    }

    private int buy(UUID saleId) {
        return api.send(api.request("/api/v1/flash-sales/" + saleId + "/orders", "alice")
                        .header("Idempotency-Key", "k")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"quantity\": 1, \"paymentMethod\": {\"type\": \"card\", \"token\": \"tok_ok\"}}")))
                .status();
    }

    /** A place whose order was never written. */
    private void leaveBehind(UUID saleId) {
        var row = rows.find(saleId).orElseThrow();
        var left = new Ticket(row.sale().orderId("gone", "k"), new UUID(0, 1), 1, new UUID(0, 2));
        assertThat(door.admit(new Epoch(row.sale(), row.epoch()), left, 0)).isInstanceOf(Admission.Admitted.class);
    }

    private long count(String rest) {
        var counted = new JdbcTemplate(plans.database()).queryForObject("SELECT COUNT(*) FROM " + rest, Long.class);
        return counted == null ? 0 : counted;
    }
}
