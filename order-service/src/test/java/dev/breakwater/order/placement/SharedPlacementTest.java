package dev.breakwater.order.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.order.OrderServiceTest;
import dev.breakwater.order.placement.Outcome.KeyReused;
import dev.breakwater.order.placement.Outcome.Placed;
import dev.breakwater.order.saga.NewOrders.NewOrder;
import dev.breakwater.order.saga.OrderItem;
import dev.breakwater.order.saga.PaymentMethod;
import dev.breakwater.platform.batching.BatchLimits;
import dev.breakwater.platform.batching.BatchWriter;
import dev.breakwater.platform.batching.IngestBatch;
import dev.breakwater.platform.persistence.DatabaseFaults;
import dev.breakwater.platform.persistence.IdempotencyRecords;
import dev.breakwater.platform.persistence.IdempotencyRecords.Name;
import dev.breakwater.platform.persistence.IdempotencyRecords.Recorded;
import dev.breakwater.platform.persistence.UuidV7;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

class SharedPlacementTest extends OrderServiceTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    /** The default of {@code breakwater.order.ingest.size}. */
    private static final int LARGEST_BATCH = 256;

    @Autowired
    private SharedPlacement placement;

    @Autowired
    private IdempotencyRecords records;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private PlatformTransactionManager transactionManager;

    private final UuidV7 ids = new UuidV7();
    private final AtomicInteger begun = new AtomicInteger();

    private Submission submission(String customer, String key, int quantity) {
        return submission(customer, key, List.of(new OrderItem("LAMP-1", quantity, 12_900)));
    }

    private Submission submission(String customer, String key, List<OrderItem> items) {
        var name = new Name(customer, "POST /api/v1/orders", key);
        var order = new NewOrder(ids.next(), customer, items, "CNY", new PaymentMethod("card", "tok_ok"), null);
        return new Submission(name, IdempotencyRecords.fingerprint(items), order);
    }

    private static UUID orderId(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Placed.class);
        return ((Placed) outcome).order().id();
    }

    private int ordersOf(String customer) {
        return jdbc.query("SELECT id FROM orders WHERE customer = ?", (row, n) -> n, customer)
                .size();
    }

    @Test
    void keys_that_meet_inside_a_batch_are_answered_as_the_contract_says_and_their_neighbours_are_placed() {
        var customer = "in-one-batch";
        var outcomes = placement.write(List.of(
                submission(customer, "a", 1),
                submission(customer, "b", 1),
                submission(customer, "a", 1),
                submission(customer, "b", 2),
                submission(customer, "B", 2)));
        assertThat(orderId(outcomes.get(2))).isEqualTo(orderId(outcomes.get(0)));
        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        Placed.class, placed -> assertThat(placed.replayed()).isFalse());
        assertThat(outcomes.get(2))
                .isInstanceOfSatisfying(
                        Placed.class, placed -> assertThat(placed.replayed()).isTrue());
        assertThat(outcomes.get(3)).isInstanceOf(KeyReused.class);
        assertThat(orderId(outcomes.get(4))).isNotEqualTo(orderId(outcomes.get(1)));
        assertThat(ordersOf(customer)).isEqualTo(3);
    }

    @Test
    void the_largest_batch_of_the_largest_orders_fits_into_one_transaction() {
        var customer = "large";
        var items = IntStream.range(0, 50)
                .mapToObj(n -> new OrderItem("PRODUCT-WITH-A-LONG-NAME-%015d".formatted(n), 99, 12_900))
                .toList();
        var batch = IntStream.range(0, LARGEST_BATCH)
                .mapToObj(n -> submission(customer, "large-" + n, items))
                .toList();
        assertThat(placement.write(batch)).hasSize(LARGEST_BATCH).allMatch(Placed.class::isInstance);
        assertThat(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM order_items JOIN orders ON id = order_id WHERE customer = ?",
                        Integer.class,
                        customer))
                .isEqualTo(LARGEST_BATCH * 50);
    }

    @Test
    void a_batch_of_repeats_and_new_orders_answers_the_ones_from_the_ledger_and_places_the_others() {
        var customer = "repeats";
        var before = placement.write(List.of(submission(customer, "a", 1), submission(customer, "b", 1)));
        var after = placement.write(
                List.of(submission(customer, "c", 1), submission(customer, "b", 1), submission(customer, "a", 9)));
        assertThat(orderId(after.get(1))).isEqualTo(orderId(before.get(1)));
        assertThat(after.get(2)).isInstanceOf(KeyReused.class);
        assertThat(ordersOf(customer)).isEqualTo(3);
    }

    @Test
    void two_instances_that_place_overlapping_batches_at_once_agree_on_every_key() throws Exception {
        var customer = "two-instances";
        try (var instances = Executors.newVirtualThreadPerTaskExecutor();
                var one = batch();
                var two = batch()) {
            var answers = new ArrayList<Future<Outcome>>();
            for (var n = 0; n < 200; n++) {
                var key = "key-" + n;
                answers.add(instances.submit(() -> one.write(submission(customer, key, 1), LONG)));
                answers.add(instances.submit(() -> two.write(submission(customer, key, 1), LONG)));
            }
            for (var n = 0; n < answers.size(); n += 2) {
                assertThat(orderId(answers.get(n).get()))
                        .isEqualTo(orderId(answers.get(n + 1).get()));
            }
        }
        assertThat(ordersOf(customer)).isEqualTo(200);
    }

    @Test
    void a_key_that_another_instance_is_just_writing_holds_up_its_owner_and_no_neighbour() throws Exception {
        var customer = "contended";
        try (var callers = Executors.newVirtualThreadPerTaskExecutor();
                var shared = batch();
                var busy = new Held(TransactionDefinition.ISOLATION_SERIALIZABLE, this::lockFigures);
                var held = holdKey(customer, "contended")) {
            // The only writer is busy, so that the others meet in one batch.
            var leader = callers.submit(() -> shared.write(submission(customer, "first", 1), LONG));
            Awaitility.await().until(() -> begun.get() == 1);
            var contended = callers.submit(() -> shared.write(submission(customer, "contended", 1), LONG));
            var neighbours = new ArrayList<Future<Outcome>>();
            for (var n = 0; n < 20; n++) {
                var key = "neighbour-" + n;
                neighbours.add(callers.submit(() -> shared.write(submission(customer, key, 1), LONG)));
            }
            Awaitility.await().until(() -> shared.queued() == 21);
            busy.close();
            orderId(leader.get());
            for (var neighbour : neighbours) {
                orderId(neighbour.get());
            }
            assertThat(contended).isNotDone();
            held.close();
            orderId(contended.get());
        }
        assertThat(ordersOf(customer)).isEqualTo(22);
    }

    @Test
    void a_lonely_request_whose_key_another_instance_is_just_writing_waits_without_a_writers_place() throws Exception {
        var customer = "lonely";
        try (var callers = Executors.newVirtualThreadPerTaskExecutor();
                var shared = batch();
                var held = holdKey(customer, "contended")) {
            var contended = callers.submit(() -> shared.write(submission(customer, "contended", 1), LONG));
            Awaitility.await().until(() -> begun.get() == 1);
            orderId(shared.write(submission(customer, "another", 1), LONG));
            assertThat(contended).isNotDone();
            held.close();
            orderId(contended.get());
        }
    }

    private IngestBatch<Submission, Outcome> batch() {
        var counted = new BatchWriter<Submission, Outcome>() {
            @Override
            public List<Outcome> write(List<Submission> submissions) {
                begun.incrementAndGet();
                return placement.write(submissions);
            }

            @Override
            public Outcome writeAlone(Submission submission) {
                return placement.writeAlone(submission);
            }
        };
        return new IngestBatch<>(counted, new BatchLimits(1, 64, 1_000), DatabaseFaults::isUnavailable);
    }

    /** Another instance has used a key and not committed yet; in the end it rolls back. */
    private Held holdKey(String customer, String key) {
        return new Held(
                TransactionDefinition.ISOLATION_READ_COMMITTED,
                () -> records.insertAll(new TreeMap<>(Map.of(
                        new Name(customer, "POST /api/v1/orders", key),
                        new Recorded(
                                IdempotencyRecords.fingerprint(1), ids.next().toString())))));
    }

    /** Every placement counts itself in this table. */
    private void lockFigures() {
        jdbc.query("SELECT slot FROM figures FOR UPDATE", (row, n) -> n);
    }

    /** A transaction that holds what it has locked until it is closed. */
    private final class Held implements AutoCloseable {

        private final CountDownLatch end = new CountDownLatch(1);
        private final CompletableFuture<Void> transaction;

        Held(int isolation, Runnable locking) {
            var begun = new CountDownLatch(1);
            var template = new TransactionTemplate(transactionManager);
            template.setIsolationLevel(isolation);
            transaction = CompletableFuture.runAsync(
                    () -> template.executeWithoutResult(status -> {
                        locking.run();
                        begun.countDown();
                        await(end);
                        status.setRollbackOnly();
                    }),
                    task -> Thread.ofVirtual().start(task));
            await(begun);
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            end.countDown();
            transaction.join();
        }
    }
}
