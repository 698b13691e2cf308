package dev.breakwater.inventory.reservations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.inventory.Calls;
import dev.breakwater.inventory.InventorySlice;
import dev.breakwater.inventory.stock.Movement;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.inventory.stock.StockLedger;
import dev.breakwater.platform.messaging.MessageConsumer;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.Figures;
import dev.breakwater.platform.persistence.Transactions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A large batch is written by what is expected of it, before its stock is locked. */
@InventorySlice
class ExpectationTest {

    private static final int ORDERS = 40;

    private final Calls calls;
    private final MessageConsumer consumer;
    private final StockCommandHandler handler;
    private final StockLedger ledger;
    private final Figures figures;
    private final Transactions transactions;
    private final JdbcClient jdbc;

    @Autowired
    ExpectationTest(
            @LocalServerPort int port,
            MessageConsumer consumer,
            StockCommandHandler handler,
            StockLedger ledger,
            Figures figures,
            Transactions transactions,
            JdbcClient jdbc) {
        this.calls = new Calls(port);
        this.consumer = consumer;
        this.handler = handler;
        this.ledger = ledger;
        this.figures = figures;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Test
    void a_batch_whose_stock_others_took_meanwhile_is_decided_by_what_is_left() {
        var sku = calls.product("tea", ORDERS);
        var taken = ORDERS - 15;
        var orders = Stream.generate(UUID::randomUUID).limit(ORDERS).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var batch = new CompletableFuture<Void>();
            transactions.write(() -> {
                var stock = ledger.lock(List.of(new Sku(sku)));
                threads.execute(() -> complete(
                        batch,
                        () -> consumer.consume(
                                orders.stream()
                                        .map(order -> reserveOne(order, sku))
                                        .toList(),
                                handler)));
                // It has read the old balance, written what it expects, and waits for us.
                await().until(() -> waiting() > 0);
                assertThat(batch).isNotDone();
                stock.move(new Sku(sku), new Movement.Adjusted(-taken, "broken"));
                ledger.write(stock);
                figures.add(stock.figures());
            });
            batch.join();
        }
        assertThat(statuses(orders, "RESERVED")).isEqualTo(15);
        assertThat(statuses(orders, "REJECTED")).isEqualTo(taken);
        assertThat(lines(orders)).isEqualTo(15);
        assertThat(calls.stock(sku)).isEqualTo("15/15");
        assertThat(ledgerRows(sku, "RESERVED")).isEqualTo(15);
    }

    private static void complete(CompletableFuture<Void> future, Runnable work) {
        try {
            work.run();
            future.complete(null);
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
        }
    }

    private int waiting() {
        return count(jdbc.sql("""
                SELECT COUNT(*) FROM information_schema.processlist
                 WHERE id <> CONNECTION_ID() AND info LIKE '%FROM stock FORCE INDEX%FOR UPDATE%'
                """));
    }

    private int statuses(List<UUID> orders, String status) {
        return count(jdbc.sql("SELECT COUNT(*) FROM reservations WHERE order_id IN (:orders) AND status = :status")
                .param("orders", orders.stream().map(BinaryUuid::toBytes).toList())
                .param("status", status));
    }

    private int lines(List<UUID> orders) {
        return count(jdbc.sql("SELECT COUNT(*) FROM reservation_lines WHERE order_id IN (:orders)")
                .param("orders", orders.stream().map(BinaryUuid::toBytes).toList()));
    }

    private int ledgerRows(String sku, String kind) {
        return count(jdbc.sql("SELECT COUNT(*) FROM stock_ledger WHERE sku = ? AND kind = ?")
                .params(sku, kind));
    }

    private static int count(JdbcClient.StatementSpec query) {
        return query.query(Integer.class).single();
    }

    private static ConsumerRecord<String, byte[]> reserveOne(UUID order, String sku) {
        var payload = "{\"orderId\": \"%s\", \"lines\": [{\"sku\": \"%s\", \"quantity\": 1}]}".formatted(order, sku);
        var record = new ConsumerRecord<>(Topics.INVENTORY_COMMANDS, 0, 0, order.toString(), payload.getBytes(UTF_8));
        record.headers()
                .add("event-id", UUID.randomUUID().toString().getBytes(UTF_8))
                .add("event-type", "ReserveStock".getBytes(UTF_8))
                .add("event-version", "1".getBytes(UTF_8));
        return record;
    }
}
