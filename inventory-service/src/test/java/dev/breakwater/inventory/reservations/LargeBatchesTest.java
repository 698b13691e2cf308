package dev.breakwater.inventory.reservations;

import static dev.breakwater.inventory.reservations.Commands.delivered;
import static dev.breakwater.inventory.reservations.Commands.line;
import static dev.breakwater.inventory.reservations.Commands.only;
import static dev.breakwater.inventory.reservations.Commands.reserve;
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
import dev.breakwater.platform.persistence.Figures;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.testing.TopicReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Large batches are written by what is expected of them, before their stock is locked. */
@InventorySlice
class LargeBatchesTest {

    private static final int ORDERS = 40;

    private final Calls calls;
    private final MessageConsumer consumer;
    private final StockCommandHandler handler;
    private final StockLedger ledger;
    private final Figures figures;
    private final Transactions transactions;
    private final JdbcClient jdbc;
    private final MeterRegistry meters;

    @Autowired
    LargeBatchesTest(
            @LocalServerPort int port,
            MessageConsumer consumer,
            StockCommandHandler handler,
            StockLedger ledger,
            Figures figures,
            Transactions transactions,
            JdbcClient jdbc,
            MeterRegistry meters) {
        this.calls = new Calls(port);
        this.consumer = consumer;
        this.handler = handler;
        this.ledger = ledger;
        this.figures = figures;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.meters = meters;
    }

    @Test
    void a_batch_whose_stock_others_took_meanwhile_is_decided_by_what_is_left() {
        var sku = calls.product("tea", ORDERS);
        var taken = ORDERS - 15;
        var orders = Stream.generate(UUID::randomUUID).limit(ORDERS).toList();
        var attempts = new AtomicInteger();
        var missed = missed();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var batch = new CompletableFuture<Void>();
            transactions.write(() -> {
                var stock = ledger.lock(List.of(new Sku(sku)));
                threads.execute(() -> complete(
                        batch,
                        () -> consumer.consume(
                                orders.stream()
                                        .map(order -> delivered("ReserveStock", order, line(order, sku, 1)))
                                        .toList(),
                                messages -> {
                                    attempts.incrementAndGet();
                                    handler.handle(messages);
                                })));
                // It has read the old balance, written what it expects, and waits for us.
                await().until(() -> waiting() > 0);
                assertThat(batch).isNotDone();
                stock.move(new Sku(sku), new Movement.Adjusted(-taken, "broken"));
                ledger.write(stock);
                figures.add(stock.figures());
            });
            batch.join();
        }
        assertThat(attempts).hasValue(1);
        assertThat(missed()).isEqualTo(missed + 1);
        assertThat(calls.stock(sku)).isEqualTo("15/15");
        assertThat(count("SELECT COUNT(*) FROM stock_ledger WHERE sku = ? AND kind = 'RESERVED'", sku))
                .isEqualTo(15);
        assertThat(count("SELECT COUNT(*) FROM reservation_lines WHERE sku = ?", sku))
                .isEqualTo(15);
        assertThat(count("SELECT COUNT(*) FROM reservations WHERE missing_sku = ?", sku))
                .isEqualTo(taken);
        var told = answers(orders);
        assertThat(told).hasSize(ORDERS);
        assertThat(told.values()).filteredOn(List.of("StockReserved")::equals).hasSize(15);
        assertThat(told.values()).filteredOn(List.of("StockRejected")::equals).hasSize(taken);
        // The class that changed under the lock was announced, and was not taken back with what was expected.
        var product = calls.get("/api/v1/products/" + sku).json();
        assertThat(product.path("availability").asString()).isEqualTo("OUT_OF_STOCK");
        assertThat(announced(sku)).isEqualTo("OUT_OF_STOCK");
    }

    @Test
    void an_expectation_that_is_met_is_written_once() {
        var sku = calls.product("tea", ORDERS);
        var orders = Stream.generate(UUID::randomUUID).limit(ORDERS).toList();
        var missed = missed();
        var batch = new ArrayList<ConsumerRecord<String, byte[]>>();
        orders.forEach(order -> batch.add(delivered("ReserveStock", order, line(order, sku, 1))));
        // Repeated within the batch, with a new message id.
        batch.add(delivered("ReserveStock", orders.getFirst(), line(orders.getFirst(), sku, 1)));
        batch.add(delivered("ReleaseStock", orders.getLast(), only(orders.getLast())));
        consumer.consume(batch, handler);
        assertThat(missed()).isEqualTo(missed);
        assertThat(calls.stock(sku)).isEqualTo("40/39");
        var told = answers(orders);
        assertThat(told.get(orders.getFirst())).containsExactly("StockReserved", "StockReserved");
        assertThat(told.get(orders.getLast())).containsExactly("StockReserved", "StockReleased");
        assertThat(told.get(orders.get(1))).containsExactly("StockReserved");
    }

    @Test
    void large_batches_side_by_side_on_the_same_products_never_oversell() {
        var skus =
                IntStream.range(0, 6).mapToObj(n -> calls.product("tea", 100)).toList();
        var random = new Random(7);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 8)
                    .mapToObj(consumerNumber -> {
                        var batches = IntStream.range(0, 10)
                                .mapToObj(n -> anyBatch(random, skus))
                                .toList();
                        return CompletableFuture.runAsync(
                                () -> batches.forEach(batch -> consumer.consume(batch, handler)), threads);
                    })
                    .toList()
                    .forEach(CompletableFuture::join);
        }
        for (var sku : skus) {
            var row = jdbc.sql("""
                            SELECT s.on_hand + s.sold AS received, s.reserved,
                                   (SELECT COALESCE(SUM(l.quantity), 0) FROM reservations r
                                      JOIN reservation_lines l USING (order_id)
                                     WHERE r.status = 'RESERVED' AND l.sku = s.sku) AS held
                              FROM stock s WHERE s.sku = ?
                            """)
                    .param(sku)
                    .query((r, n) -> new long[] {r.getLong(1), r.getLong(2), r.getLong(3)})
                    .single();
            assertThat(row).isEqualTo(new long[] {100, row[2], row[2]});
            assertThat(row[2]).isLessThanOrEqualTo(100);
            assertThat(count("""
                    SELECT COUNT(*) FROM products p JOIN stock s USING (sku)
                     WHERE sku = ? AND p.availability = s.availability
                    """, sku)).isEqualTo(1);
        }
    }

    /** Some orders are reserved twice, some sold, some released. */
    private static List<ConsumerRecord<String, byte[]>> anyBatch(Random random, List<String> skus) {
        var batch = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (var n = 0; n < ORDERS; n++) {
            var order = UUID.randomUUID();
            var first = random.nextInt(skus.size());
            var second = (first + 1 + random.nextInt(skus.size() - 1)) % skus.size();
            var reserve = reserve(order, skus.get(first), 1, skus.get(second), 2);
            batch.add(delivered("ReserveStock", order, reserve));
            switch (n % 6) {
                case 0, 1, 2 -> batch.add(delivered("ReleaseStock", order, only(order)));
                case 3 -> batch.add(delivered("ReserveStock", order, reserve));
                default -> {}
            }
        }
        return batch;
    }

    private static void complete(CompletableFuture<Void> future, Runnable work) {
        try {
            work.run();
            future.complete(null);
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
        }
    }

    private double missed() {
        return meters.get("stock.expectations").tag("met", "false").counter().count();
    }

    private int waiting() {
        return jdbc.sql("""
                        SELECT COUNT(*) FROM information_schema.processlist
                         WHERE id <> CONNECTION_ID() AND db = DATABASE()
                           AND info LIKE '%FROM stock FORCE INDEX%FOR UPDATE%'
                        """).query(Integer.class).single();
    }

    private int count(String query, String sku) {
        return jdbc.sql(query).param(sku).query(Integer.class).single();
    }

    /** The types of what was told of each order, in their order. */
    private Map<UUID, List<String>> answers(List<UUID> orders) {
        return published(Topics.INVENTORY_EVENTS).stream()
                .filter(each -> orders.contains(UUID.fromString(each.key())))
                .collect(Collectors.groupingBy(
                        each -> UUID.fromString(each.key()),
                        Collectors.mapping(
                                each -> new String(
                                        each.headers().lastHeader("event-type").value(), UTF_8),
                                Collectors.toList())));
    }

    private String announced(String sku) {
        var last = published(Topics.INVENTORY_PRODUCTS).stream()
                .filter(each -> each.key().equals(sku))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        return JsonMapper.shared().readTree(last.value()).path("availability").asString();
    }

    /** Every record of a topic, once all that was committed is published. */
    private List<ConsumerRecord<String, byte[]>> published(String topic) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> jdbc.sql("SELECT COUNT(*) FROM outbox")
                                .query(Integer.class)
                                .single()
                        == 0);
        return TopicReader.all(topic);
    }
}
