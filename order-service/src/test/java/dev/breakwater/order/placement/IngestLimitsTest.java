package dev.breakwater.order.placement;

import static dev.breakwater.order.OrderApi.ONE_LAMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.order.OrderApi;
import dev.breakwater.order.OrderServiceTest;
import dev.breakwater.platform.persistence.SharedTransactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** One writer, kept busy by a lock on a table; one place in the queue. */
@TestPropertySource(
        properties = {
            "breakwater.order.ingest.writers=1",
            "breakwater.order.ingest.size=8",
            "breakwater.order.ingest.queue=1",
            "breakwater.order.ingest.longest-wait=1500ms"
        })
class IngestLimitsTest extends OrderServiceTest {

    @Autowired
    private PlatformTransactionManager transactionManager;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private SharedTransactions<Submission, Outcome> batch;

    private final CountDownLatch released = new CountDownLatch(1);
    private CompletableFuture<Void> lock = new CompletableFuture<>();
    private CompletableFuture<OrderApi.Answer> first = new CompletableFuture<>();

    @BeforeEach
    void keepTheWriterBusy() {
        assertThat(api.place("warm-up").status()).isEqualTo(202);
        var locked = new CountDownLatch(1);
        var transaction = new TransactionTemplate(transactionManager);
        // With the gaps between its rows: every placement counts itself in this table.
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
        lock = CompletableFuture.runAsync(
                () -> transaction.executeWithoutResult(status -> {
                    count("figures FOR UPDATE");
                    locked.countDown();
                    awaitLatch(released);
                }),
                task -> Thread.ofVirtual().start(task));
        awaitLatch(locked);
        var before = meters.summary("ingest.batch.size").count();
        first = CompletableFuture.supplyAsync(
                () -> api.place("blocked"), task -> Thread.ofVirtual().start(task));
        await().until(() -> meters.summary("ingest.batch.size").count() > before);
    }

    private int count(String rows) {
        return jdbc.query("SELECT 1 FROM " + rows, (row, n) -> n).size();
    }

    @AfterEach
    void release() {
        released.countDown();
        lock.join();
        assertThat(first.join().status()).isEqualTo(202);
    }

    @Test
    void an_order_that_waits_too_long_is_503_and_one_whose_deadline_passes_is_504_and_neither_is_placed() {
        var late = api.place("late", "late", ONE_LAMP);
        assertThat(late.status()).isEqualTo(503);
        assertThat(late.text("code")).isEqualTo("overloaded");
        assertThat(late.raw().headers().firstValue("Retry-After")).contains("1");

        var hurried = api.placeWithin(50, "late", "hurried", ONE_LAMP);
        assertThat(hurried.status()).isEqualTo(504);
        assertThat(hurried.text("code")).isEqualTo("deadline_exceeded");

        assertThat(count("orders WHERE customer = 'late'")).isZero();
        assertThat(count("idempotency_keys WHERE owner = 'late'")).isZero();
    }

    @Test
    void an_order_that_finds_the_queue_full_is_503_at_once() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<OrderApi.Answer> waiting = callers.submit(() -> api.place("waits"));
            await().until(() -> batch.queued() == 1);
            var refused = api.place("refused");
            assertThat(waiting).isNotDone();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text("code")).isEqualTo("overloaded");
            assertThat(refused.raw().headers().firstValue("Retry-After")).contains("1");
            released.countDown();
            assertThat(waiting.get().status()).isIn(202, 503);
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
