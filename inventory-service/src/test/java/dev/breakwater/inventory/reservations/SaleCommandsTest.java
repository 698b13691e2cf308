package dev.breakwater.inventory.reservations;

import static dev.breakwater.inventory.reservations.Commands.delivered;
import static dev.breakwater.inventory.reservations.Commands.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.inventory.Calls;
import dev.breakwater.inventory.InventorySlice;
import dev.breakwater.platform.messaging.MessageConsumer;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.testing.TestTokens;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Orders of a flash sale at the ledger, and its end. */
@InventorySlice
class SaleCommandsTest {

    private final Calls calls;
    private final JdbcClient jdbc;
    private final MessageConsumer consumer;
    private final StockCommandHandler handler;

    @Autowired
    SaleCommandsTest(
            @LocalServerPort int port, JdbcClient jdbc, MessageConsumer consumer, StockCommandHandler handler) {
        this.calls = new Calls(port);
        this.jdbc = jdbc;
        this.consumer = consumer;
        this.handler = handler;
    }

    @Test
    void what_the_door_let_in_beyond_the_quantity_is_rejected_in_small_batches_and_large_ones() {
        var tea = calls.product("tea", 200);
        var sale = announced(tea, 60);
        consume(IntStream.range(0, 50).mapToObj(n -> reserve(sale, tea, 1)).toList());
        consume(IntStream.range(0, 8).mapToObj(n -> reserve(sale, tea, 1)).toList());
        consume(IntStream.range(0, 40).mapToObj(n -> reserve(sale, tea, 1)).toList());
        assertThat(statuses(tea)).isEqualTo("RESERVED 60");
        assertThat(calls.stock(tea)).isEqualTo("200/60");
        assertThat(sale(sale)).isEqualTo("0 0 0");
        assertThat(calls.get("/api/v1/flash-sales/" + sale).json().path("state").asString())
                .isEqualTo("SOLD_OUT");
    }

    @Test
    void a_sale_that_is_closed_has_given_back_what_it_did_not_sell_once() {
        var tea = calls.product("tea", 20);
        var sale = announced(tea, 10);
        var kept = reserve(sale, tea, 3);
        var back = reserve(sale, tea, 2);
        consume(List.of(kept, back));
        consume(List.of(command("CommitStock", kept), command("CommitStock", back)));
        consume(List.of(command("ReleaseStock", back)));
        assertThat(sale(sale)).isEqualTo("7 0 0");
        consume(List.of(close(sale)));
        consume(List.of(close(sale)));
        assertThat(sale(sale)).isEqualTo("0 7 1");
        assertThat(calls.stock(tea)).isEqualTo("17/0");
        assertThat(available(tea)).isEqualTo(17);
        consume(List.of(command("ReleaseStock", kept)));
        assertThat(available(tea)).isEqualTo(20);
        assertThat(sale(sale)).isEqualTo("0 7 1");
        var page = calls.get("/internal/ledger?depth=full", "Authorization", "Bearer " + TestTokens.admin())
                .json();
        assertThat(page.path("violations").toString()).doesNotContain("Flash sales", tea);
    }

    @Test
    void the_end_of_a_sale_that_there_is_not_changes_nothing() {
        consume(List.of(close(UUID.randomUUID().toString())));
        assertThat(calls.get("/internal/ledger", "Authorization", "Bearer " + TestTokens.admin())
                        .status())
                .isEqualTo(200);
    }

    private String announced(String sku, int quantity) {
        var answer = calls.post(
                "/api/v1/flash-sales",
                """
                        {"sku": "%s", "priceMinor": 900, "currency": "CNY", "quantity": %d, "perCustomerLimit": 2,
                         "startsAt": "2026-01-01T00:00:00Z", "endsAt": "%s"}
                        """.formatted(sku, quantity, Instant.now().plusSeconds(600)),
                TestTokens.admin());
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private static ConsumerRecord<String, byte[]> reserve(String sale, String sku, int quantity) {
        var order = UUID.randomUUID();
        return delivered("ReserveStock", order, """
                {"orderId": "%s", "lines": [{"sku": "%s", "quantity": %d}], "saleId": "%s"}
                """.formatted(order, sku, quantity, sale));
    }

    private static ConsumerRecord<String, byte[]> command(String type, ConsumerRecord<String, byte[]> of) {
        var order = UUID.fromString(of.key());
        return delivered(type, order, only(order));
    }

    private static ConsumerRecord<String, byte[]> close(String sale) {
        return delivered("CloseFlashSale", UUID.fromString(sale), "{\"saleId\": \"%s\"}".formatted(sale));
    }

    private void consume(List<ConsumerRecord<String, byte[]>> records) {
        consumer.consume(records, handler);
    }

    private long available(String sku) {
        return calls.get(
                        "/api/v1/products/" + sku + "/stock", "Authorization", "Bearer " + TestTokens.customer("alice"))
                .json()
                .path("available")
                .asLong();
    }

    /** Remaining, returned, closed. */
    private String sale(String id) {
        return jdbc.sql("SELECT CONCAT(remaining, ' ', returned, ' ', closed) FROM flash_sales WHERE id = ?")
                .param(BinaryUuid.toBytes(UUID.fromString(id)))
                .query(String.class)
                .single();
    }

    private String statuses(String sku) {
        return jdbc.sql("""
                        SELECT CONCAT(r.status, ' ', SUM(l.quantity))
                          FROM reservations r
                          JOIN reservation_lines l ON l.order_id = r.order_id
                         WHERE l.sku = ?
                         GROUP BY r.status
                        """).param(sku).query(String.class).single();
    }
}
