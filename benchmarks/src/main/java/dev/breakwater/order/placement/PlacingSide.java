package dev.breakwater.order.placement;

import dev.breakwater.benchmarks.ClosedLoop;
import dev.breakwater.benchmarks.Database;
import dev.breakwater.benchmarks.Round;
import dev.breakwater.benchmarks.Side;
import dev.breakwater.order.saga.NewOrders.NewOrder;
import dev.breakwater.order.saga.OrderItem;
import dev.breakwater.order.saga.PaymentMethod;
import dev.breakwater.order.saga.SagaParts;
import dev.breakwater.platform.batching.BatchLimits;
import dev.breakwater.platform.batching.IngestBatch;
import dev.breakwater.platform.messaging.MessagingParts;
import dev.breakwater.platform.persistence.DatabaseFaults;
import dev.breakwater.platform.persistence.IdempotencyRecords;
import dev.breakwater.platform.persistence.IdempotencyRecords.Name;
import dev.breakwater.platform.persistence.ServerTimedJdbcTemplate;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.persistence.UuidV7;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Places orders of one line from so many callers at once; the rows of an order are the same either way. */
final class PlacingSide implements Side {

    private static final int TRANSACTION_SECONDS = 60;
    private static final int BATCH = 256;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final List<String> TABLES =
            List.of("orders", "order_items", "order_timeline", "idempotency_keys", "outbox");

    private final int callers;
    private final Database database;
    private final JdbcTemplate jdbc;
    private final Transactions transactions;
    private final PlainInserts plain;
    private final UuidV7 ids = new UuidV7();
    private final ClosedLoop.Call call;
    private final AtomicLong answered = new AtomicLong();

    private PlacingSide(int callers, int connections, boolean shared) {
        this.callers = callers;
        database = shared
                ? Database.fresh(connections, "db/platform", "db/order-service")
                : Database.freshWithoutAutoCommit(connections, "db/platform", "db/order-service");
        jdbc = new ServerTimedJdbcTemplate(database.dataSource());
        transactions = new Transactions(new JdbcTransactionManager(database.dataSource()), TRANSACTION_SECONDS);
        plain = new PlainInserts(jdbc);
        if (shared) {
            var records = new IdempotencyRecords(jdbc, Clock.systemUTC());
            var newOrders = SagaParts.newOrders(jdbc, MessagingParts.outbox(jdbc));
            var placement = new SharedPlacement(records, newOrders, SagaParts.orders(jdbc), transactions);
            var batch = new IngestBatch<>(
                    placement, new BatchLimits(connections, BATCH, callers), DatabaseFaults::isUnavailable);
            call = () -> {
                if (batch.write(submission(), LONGEST_WAIT) instanceof Outcome.Placed placed && !placed.replayed()) {
                    answered.incrementAndGet();
                }
            };
        } else {
            call = () -> {
                placeAlone(submission());
                answered.incrementAndGet();
            };
        }
    }

    static Side shared(int callers, int connections) {
        return new PlacingSide(callers, connections, true);
    }

    static Side oneTransactionEach(int callers, int connections) {
        return new PlacingSide(callers, connections, false);
    }

    /** What everybody writes: the key, whose uniqueness decides, the order and its first message. */
    private void placeAlone(Submission submission) {
        transactions.write(() -> {
            plain.insert(submission);
        });
    }

    private Submission submission() {
        var random = ThreadLocalRandom.current();
        var id = ids.next();
        var customer = "customer-" + random.nextInt(10_000);
        var order = new NewOrder(
                id,
                customer,
                List.of(new OrderItem("DEMO-%05d".formatted(random.nextInt(10_000)), 1 + random.nextInt(3), 12_900)),
                "CNY",
                new PaymentMethod("card", "tok_ok"),
                null);
        return new Submission(
                new Name(customer, "POST /api/v1/orders", id.toString()),
                IdempotencyRecords.fingerprint(order.items()),
                order);
    }

    @Override
    public Round run(Duration length) throws Exception {
        return new ClosedLoop(callers).run(length, call);
    }

    @Override
    public List<String> violations() {
        var violations = new ArrayList<String>();
        var orders = count("SELECT COUNT(*) FROM orders");
        for (var table : TABLES) {
            var rows = count("SELECT COUNT(*) FROM " + table);
            if (rows != orders) {
                violations.add("%d orders and %d rows in %s".formatted(orders, rows, table));
            }
        }
        if (answered.get() != orders) {
            violations.add("%d answered as placed and %d orders".formatted(answered.get(), orders));
        }
        var counted = count("SELECT SUM(amount) FROM figures WHERE name = 'accepted'");
        if (counted != orders) {
            violations.add("%d orders and %d counted".formatted(orders, counted));
        }
        return violations;
    }

    private long count(String sql) {
        var count = jdbc.queryForObject(sql, Long.class);
        return count == null ? 0 : count;
    }

    @Override
    public void close() {
        database.close();
    }
}
