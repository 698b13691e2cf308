package dev.breakwater.inventory.reservations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.inventory.Calls;
import dev.breakwater.inventory.InventorySlice;
import dev.breakwater.inventory.products.ProductImport;
import dev.breakwater.inventory.products.ProductImport.ImportedProduct;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.testing.StatementPlans;
import dev.breakwater.platform.testing.TestTokens;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Every statement walks an index, in batches as large as they get, on tables that are worth one. */
@InventorySlice
@Import(StatementPlans.class)
// What is asked is how statements walk, not how fast a cold service on a busy machine runs them.
@TestPropertySource(properties = "breakwater.persistence.transaction-timeout-seconds=60")
@DirtiesContext
class StatementsTest {

    private static final Map<String, String> EXCUSED = Map.of(
            "outbox_lanes", "sixteen rows for ever",
            "outbox_relays", "a row an instance",
            "figures", "sixteen rows a counter",
            "demo_catalogue", "one row",
            "SELECT 1 FROM outbox LIMIT 1", "reads one entry, whichever comes first",
            "SELECT COUNT(*) FROM outbox", "counts what is not sent yet, for the audit and not for an order");

    private static final int PRODUCTS = 3_000;
    /** As many as one poll of the consumer may bring. */
    private static final int LARGEST_BATCH = 500;

    private final Calls calls;
    private final ProductImport products;
    private final StockCommandListener commands;
    private final Transactions transactions;
    private final StatementPlans plans;
    private final ApplicationContext context;

    @Autowired
    StatementsTest(
            @LocalServerPort int port,
            ProductImport products,
            StockCommandListener commands,
            Transactions transactions,
            StatementPlans plans,
            ApplicationContext context) {
        this.calls = new Calls(port);
        this.products = products;
        this.commands = commands;
        this.transactions = transactions;
        this.plans = plans;
        this.context = context;
    }

    @Test
    void reservations_adjustments_pages_and_the_ledger_check_walk_indexes() throws Exception {
        plans.watch();
        deliver(0, 500);
        await().until(() -> saw(sql -> sql.startsWith("DELETE o FROM outbox") && sql.contains(",")));
        // What was sent is gone, and how an empty outbox is read says nothing: from now on its rows stay.
        context.getBean("relay", Lifecycle.class).stop();
        deliver(500, PRODUCTS);
        var batches = IntStream.range(0, 6).mapToObj(n -> reserve(n)).toList();
        command("CommitStock", batches.get(0));
        command("ReleaseStock", batches.get(0));
        command("ReleaseStock", batches.get(1));
        command("ReserveStock", batches.get(1));
        adjust();
        readPages();
        runScheduledTasks();

        for (var part : List.of(
                "FROM reservations FORCE INDEX (PRIMARY)",
                "FROM reservation_lines",
                "UPDATE reservations",
                "FROM stock FORCE INDEX (PRIMARY)",
                "FROM stock_ledger",
                "FROM stock s LEFT JOIN stock_checkpoints",
                "FROM products FORCE INDEX (PRIMARY)",
                "FORCE INDEX (PRIMARY) WHERE sku IN",
                "FROM products FORCE INDEX (by_category)",
                "FROM products WHERE sku > ?",
                "FROM idempotency_keys",
                "FROM inbox")) {
            assertThat(saw(sql -> sql.contains(part))).as(part).isTrue();
        }
        assertThat(plans.scans(EXCUSED)).isEmpty();
        assertThat(plans.explained("FORCE INDEX (by_category)"))
                .isNotEmpty()
                .allMatch(access -> access.contains("key=by_category") && access.contains("Using index"));
    }

    private void deliver(int from, int to) {
        for (var start = from; start < to; start += LARGEST_BATCH) {
            var some = IntStream.range(start, start + LARGEST_BATCH)
                    .mapToObj(n -> new ImportedProduct(sku(n), "Kettle", "It boils.", "c-" + n % 30, 1, "CNY", 6))
                    .toList();
            transactions.write(() -> products.write(some));
        }
    }

    /** Orders of two products each, so that every product of the batch goes into another class. */
    private List<UUID> reserve(int batch) {
        var orderIds = Stream.generate(UUID::randomUUID).limit(LARGEST_BATCH).toList();
        commands.on(IntStream.range(0, LARGEST_BATCH)
                .mapToObj(n -> message("ReserveStock", orderIds.get(n), """
                        {"orderId": "%s", "lines": [{"sku": "%s", "quantity": 2}, {"sku": "%s", "quantity": 1}]}
                        """.formatted(
                                orderIds.get(n),
                                sku(batch * LARGEST_BATCH + n),
                                sku((batch * LARGEST_BATCH + n + 1) % PRODUCTS))))
                .toList());
        return orderIds;
    }

    private void command(String type, List<UUID> orderIds) {
        commands.on(orderIds.stream()
                .map(orderId -> message(type, orderId, """
                        {"orderId": "%s", "lines": [{"sku": "P-0001", "quantity": 1}]}
                        """.formatted(orderId)))
                .toList());
    }

    private static ConsumerRecord<String, byte[]> message(String type, UUID orderId, String payload) {
        var message =
                new ConsumerRecord<>(Topics.INVENTORY_COMMANDS, 0, 0, orderId.toString(), payload.getBytes(UTF_8));
        message.headers()
                .add("event-id", UUID.randomUUID().toString().getBytes(UTF_8))
                .add("event-type", type.getBytes(UTF_8))
                .add("event-version", "1".getBytes(UTF_8));
        return message;
    }

    private void adjust() {
        calls.adjust(sku(1).value(), 5);
        var path = "/api/v1/products/" + sku(2);
        assertThat(calls.put(path, Calls.draft("c-1", 2), TestTokens.admin()).status())
                .isEqualTo(200);
    }

    private void readPages() {
        assertThat(calls.get("/api/v1/products/" + sku(1)).status()).isEqualTo(200);
        assertThat(calls.stock(sku(3).value())).isNotEmpty();
        assertThat(calls.get("/api/v1/products?limit=100").status()).isEqualTo(200);
        assertThat(calls.get("/api/v1/products?limit=100&category=c-1").status())
                .isEqualTo(200);
        assertThat(calls.get("/internal/ledger", "Authorization", "Bearer " + TestTokens.admin())
                        .status())
                .isEqualTo(200);
    }

    /** The ledger check and the cleanings, without waiting for their hour. */
    private void runScheduledTasks() {
        context.getBeansOfType(ScheduledTaskHolder.class).values().stream()
                .flatMap(holder -> holder.getScheduledTasks().stream())
                .map(ScheduledTask::getTask)
                .forEach(task -> task.getRunnable().run());
    }

    private boolean saw(Predicate<String> statement) {
        return plans.statements().stream().anyMatch(statement);
    }

    private static Sku sku(int n) {
        return new Sku("P-%04d".formatted(n));
    }
}
