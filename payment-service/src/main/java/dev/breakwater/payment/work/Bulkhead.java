package dev.breakwater.payment.work;

import dev.breakwater.payment.lifecycle.Payment;
import dev.breakwater.payment.lifecycle.PaymentBook.Returned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes calls to the bank, each on a virtual thread and outside any transaction, at most so many at a time: threads are
 * free, the bank's patience is not.
 */
@Component
class Bulkhead {

    private final BankCalls calls;
    private final Settlements settlements;
    private final Clock clock;
    private final Semaphore slots;
    private final AtomicInteger unsettled = new AtomicInteger();
    private volatile boolean open;
    private @Nullable ExecutorService threads;

    Bulkhead(BankCalls calls, Settlements settlements, WorkProperties properties, Clock clock) {
        this.calls = calls;
        this.settlements = settlements;
        this.clock = clock;
        slots = new Semaphore(properties.concurrency());
    }

    void open() {
        open = true;
        ExecutorService started = Executors.newVirtualThreadPerTaskExecutor();
        started.execute(this::settle);
        threads = started;
    }

    /** How many calls may be made now; only ever grows, but by {@link #call}. */
    int free() {
        return slots.availablePermits();
    }

    /**
     * Makes the call that the payment is waiting for, and has its outcome written.
     *
     * @param done run when another may be made
     */
    void call(Payment payment, Runnable done) {
        ExecutorService executor = threads;
        if (executor == null) {
            throw new IllegalStateException("not open");
        }
        slots.acquireUninterruptibly();
        unsettled.incrementAndGet();
        executor.execute(() -> {
            Instant calledAt = clock.instant();
            try {
                settlements.add(new Returned(payment, calls.make(payment), calledAt));
            } finally {
                slots.release();
                unsettled.decrementAndGet();
                done.run();
            }
        });
    }

    private void settle() {
        try {
            boolean wrote = false;
            while (open || wrote || unsettled.get() > 0) {
                wrote = settlements.writeNext();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the calls under way to return and be written, but not longer than told. */
    void close(Duration patience) throws InterruptedException {
        open = false;
        ExecutorService stopped = threads;
        if (stopped != null) {
            stopped.shutdown();
            if (!stopped.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                // What they would have written is asked for when their leases end.
                stopped.shutdownNow();
            }
        }
    }
}
