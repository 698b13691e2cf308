package dev.breakwater.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.inventory.Calls;
import dev.breakwater.inventory.InventorySlice;
import dev.breakwater.platform.persistence.SharedTransactions;
import dev.breakwater.platform.testing.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One writer, kept busy by a lock on a product's stock; one place in the queue. */
@InventorySlice
@TestPropertySource(
        properties = {
            "breakwater.inventory.adjustments.writers=1",
            "breakwater.inventory.adjustments.queue=1",
            "breakwater.inventory.adjustments.longest-wait=1s"
        })
class AdjustmentLimitsTest {

    private final Calls calls;
    private final StockLedger ledger;
    private final SharedTransactions<RequestedAdjustment, AdjustmentOutcome> batch;
    private final MeterRegistry meters;
    private final TransactionTemplate transactions;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch released = new CountDownLatch(1);
    private String sku = "";
    private CompletableFuture<Calls.Answer> first = new CompletableFuture<>();

    @Autowired
    AdjustmentLimitsTest(
            @LocalServerPort int port,
            StockLedger ledger,
            SharedTransactions<RequestedAdjustment, AdjustmentOutcome> batch,
            MeterRegistry meters,
            PlatformTransactionManager manager) {
        this.calls = new Calls(port);
        this.ledger = ledger;
        this.batch = batch;
        this.meters = meters;
        this.transactions = new TransactionTemplate(manager);
    }

    @BeforeEach
    void keepTheWriterBusy() {
        sku = calls.product("kitchen", 1);
        var locked = new CountDownLatch(1);
        threads.execute(() -> transactions.executeWithoutResult(status -> {
            ledger.lock(List.of(new Sku(sku)));
            locked.countDown();
            awaitLatch(released);
        }));
        awaitLatch(locked);
        var before = batches();
        first = CompletableFuture.supplyAsync(() -> adjust(), threads);
        await().until(() -> batches() > before);
    }

    @AfterEach
    void release() {
        released.countDown();
        assertThat(first.join().status()).isEqualTo(200);
        threads.close();
    }

    @Test
    void an_adjustment_that_waits_too_long_is_503_and_one_whose_deadline_passes_is_504_and_neither_takes_effect() {
        var late = adjust();
        assertThat(late.status()).isEqualTo(503);
        assertThat(late.code()).isEqualTo("overloaded");
        assertThat(late.header("Retry-After")).isEqualTo("1");

        var hurried = adjust("X-Request-Deadline-Ms", "50");
        assertThat(hurried.status()).isEqualTo(504);
        assertThat(hurried.code()).isEqualTo("deadline_exceeded");

        released.countDown();
        assertThat(first.join().status()).isEqualTo(200);
        assertThat(calls.stock(sku)).isEqualTo("2/0");
    }

    @Test
    void an_adjustment_that_finds_the_queue_full_is_503_at_once() {
        var waiting = CompletableFuture.supplyAsync(() -> adjust(), threads);
        await().until(() -> batch.queued() == 1);
        var refused = adjust();
        assertThat(waiting).isNotDone();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("overloaded");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        released.countDown();
        assertThat(waiting.join().status()).isIn(200, 503);
    }

    @Test
    void a_deadline_that_is_no_number_is_400() {
        var answer = adjust("X-Request-Deadline-Ms", "soon");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_deadline");
    }

    private Calls.Answer adjust(String... more) {
        var headers = new String[more.length + 2];
        headers[0] = "Idempotency-Key";
        headers[1] = UUID.randomUUID().toString();
        System.arraycopy(more, 0, headers, 2, more.length);
        return calls.post(
                "/api/v1/products/" + sku + "/stock",
                "{\"delta\": 1, \"reason\": \"delivery\"}",
                TestTokens.admin(),
                headers);
    }

    private long batches() {
        return meters.summary("adjustments.batch.size").count();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
