package dev.breakwater.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.batching.BatchWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SharedTransactionsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void with_a_size_of_one_nobody_waits_for_another_and_each_transaction_is_counted() throws Exception {
        var meters = new SimpleMeterRegistry();
        var begun = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        BatchWriter<String, String> writer = items -> {
            if (items.contains("slow")) {
                begun.countDown();
                await(released);
            }
            return items;
        };
        // One writer and no queue: with a larger size the second one would be refused.
        var limits = new SharedTransactionLimits(1, 1, 0, LONG);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor();
                var transactions = new SharedTransactions<>("test", writer, limits, meters)) {
            var slow = callers.submit(() -> transactions.write("slow", LONG));
            await(begun);
            assertThat(transactions.write("quick", LONG)).isEqualTo("quick");
            assertThat(slow).isNotDone();
            released.countDown();
            assertThat(slow.get()).isEqualTo("slow");
        }
        assertThat(meters.get("test.batch.size").summary().count()).isEqualTo(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
