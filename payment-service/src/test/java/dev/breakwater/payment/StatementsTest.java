package dev.breakwater.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.payment.lifecycle.PaymentBook;
import dev.breakwater.payment.lifecycle.Payments;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.persistence.UuidV7;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.StatementPlans;
import dev.breakwater.platform.testing.WithServers;
import dev.breakwater.platform.testing.WithServers.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Every statement walks an index, on tables that are worth one. */
@WithServers({Kind.MARIADB, Kind.KAFKA})
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "breakwater.payment.bank.api-key=" + BankOfTheTest.API_KEY)
@Import(StatementPlans.class)
// What is asked is how statements walk, not how fast a cold service on a busy machine runs them.
@TestPropertySource(properties = "breakwater.persistence.transaction-timeout-seconds=60")
@DirtiesContext
class StatementsTest {

    private static final Map<String, String> EXCUSED = Map.of(
            "outbox_lanes", "sixteen rows for ever",
            "outbox_relays", "a row an instance",
            "figures", "sixteen rows a counter",
            "SELECT 1 FROM outbox LIMIT 1", "reads one entry, whichever comes first");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final BankOfTheTest BANK = new BankOfTheTest();

    /** As many as one poll of the consumer may bring. */
    private static final int LARGEST_BATCH = 500;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static OrderServiceOfTheTest orders;

    private final PaymentBook book;
    private final Payments payments;
    private final Transactions transactions;
    private final StatementPlans plans;
    private final ApplicationContext context;
    private final JdbcTemplate unwatched;
    private final UuidV7 ids = new UuidV7();

    @Autowired
    StatementsTest(
            PaymentBook book,
            Payments payments,
            Transactions transactions,
            StatementPlans plans,
            ApplicationContext context) {
        this.book = book;
        this.payments = payments;
        this.transactions = transactions;
        this.plans = plans;
        this.context = context;
        this.unwatched = new JdbcTemplate(plans.database());
    }

    @DynamicPropertySource
    static void bank(DynamicPropertyRegistry registry) {
        registry.add("breakwater.payment.bank.url", BANK::url);
    }

    @BeforeAll
    static void listen() {
        orders = new OrderServiceOfTheTest(Servers.kafka().address());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        orders.close();
        BANK.stop();
    }

    @Test
    void commands_due_payments_and_outcomes_walk_indexes() throws Exception {
        plans.watch();
        var captured = orders.captureAtOnce(40, "tok_ok", 100);
        await().atMost(PATIENCE)
                .until(() -> captured.stream().allMatch(id -> orders.heardOf(id).contains("PaymentCaptured")));
        captured.forEach(orders::refund);
        orders.withdraw(UUID.randomUUID());
        await().atMost(PATIENCE)
                .until(() -> captured.stream().allMatch(id -> orders.heardOf(id).contains("PaymentRefunded")));
        await().atMost(PATIENCE).until(() -> saw(sql -> sql.startsWith("DELETE o FROM outbox") && sql.contains(",")));
        // What was sent is gone, and how an empty outbox is read says nothing.
        context.getBean("relay", Lifecycle.class).stop();
        fillOutboxAndInbox();
        assertThat(payments.find(captured.getFirst())).isPresent();
        var many = ended(3_000);
        waiting(1_500);
        transactions.write(() -> book.lock(many.subList(0, LARGEST_BATCH)));
        runScheduledTasks();

        for (var part : List.of(
                "FROM payments WHERE order_id = ?",
                "FROM payments WHERE order_id IN",
                "next_channel = ? AND due_at <= ?",
                "next_channel NOT IN",
                "UPDATE payments",
                "UPDATE attempts",
                "FROM inbox",
                "UNION ALL")) {
            assertThat(saw(sql -> sql.contains(part))).as(part).isTrue();
        }
        assertThat(plans.scans(EXCUSED)).isEmpty();
    }

    /** Payments with which nothing more is to be done, and their attempts. */
    private List<UUID> ended(int count) {
        var orderIds = insert(count, "'CAPTURED'", "NULL, NULL");
        unwatched.batchUpdate(
                """
                INSERT INTO attempts (order_id, kind, channel, bank_key, calls, started_at)
                VALUES (?, 'CHARGE', 'harbour', 'key', 1, NOW(6))
                """,
                orderIds.stream()
                        .map(id -> new Object[] {BinaryUuid.toBytes(id)})
                        .toList());
        return orderIds;
    }

    /** Payments that are to be looked at again in a distant future. */
    private void waiting(int count) {
        insert(count, "'READY'", "'2100-01-01', 'harbour'");
    }

    private List<UUID> insert(int count, String state, String due) {
        var orderIds = Stream.generate(ids::next).limit(count).toList();
        unwatched.batchUpdate(
                """
                INSERT INTO payments (order_id, id, customer, amount_minor, currency, token, state, refund_wanted, pinned,
                                      failures, due_at, next_channel, created_at, updated_at)
                VALUES (?, ?, 'alice', 100, 'CNY', 'tok_ok', %s, FALSE, FALSE, 0, %s, NOW(6), NOW(6))
                """.formatted(state, due),
                orderIds.stream()
                        .map(id -> new Object[] {BinaryUuid.toBytes(id), BinaryUuid.toBytes(ids.next())})
                        .toList());
        return orderIds;
    }

    private void fillOutboxAndInbox() {
        var rows = Stream.generate(ids::next)
                .limit(2_000)
                .map(id -> new Object[] {BinaryUuid.toBytes(id)})
                .toList();
        unwatched.batchUpdate("INSERT INTO inbox (event_id, received_at) VALUES (?, NOW(6))", rows);
        unwatched.batchUpdate("""
                INSERT INTO outbox (lane, event_id, topic, record_key, type, version, payload, created_at)
                VALUES (FLOOR(RAND() * 16), ?, 'payment.events', 'order', 'PaymentVoided', 1, '{}', NOW(6))
                """, rows);
    }

    private void runScheduledTasks() {
        context.getBeansOfType(ScheduledTaskHolder.class).values().stream()
                .flatMap(holder -> holder.getScheduledTasks().stream())
                .map(ScheduledTask::getTask)
                .forEach(task -> task.getRunnable().run());
    }

    private boolean saw(Predicate<String> statement) {
        return plans.statements().stream().anyMatch(statement);
    }
}
