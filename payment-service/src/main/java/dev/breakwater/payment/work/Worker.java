package dev.breakwater.payment.work;

import dev.breakwater.payment.lifecycle.Payment;
import dev.breakwater.payment.lifecycle.PaymentBook;
import dev.breakwater.payment.lifecycle.PaymentBook.Returned;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.persistence.UuidV7;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Finds payments whose next step is due, begins as many as the bank may have calls at a time (a semaphore is the
 * bulkhead), and makes each call on a virtual thread, outside any transaction.
 *
 * <p>Any instance may find any payment: fresh ones at once, since {@link #wake()} ends the pause, those that a killed
 * instance left when their lease ends.
 */
@Component
public class Worker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final int MOST_AT_ONCE = 100;

    private final PaymentBook book;
    private final Transactions transactions;
    private final BankCalls calls;
    private final Settlements settlements;
    private final WorkProperties properties;
    private final UuidV7 ids;
    private final Clock clock;

    private final Semaphore slots;
    private final Semaphore bell = new Semaphore(0);
    private final AtomicInteger unsettled = new AtomicInteger();
    private volatile boolean running;
    private volatile boolean full;
    private @Nullable ExecutorService threads;
    private @Nullable Thread finder;

    Worker(
            PaymentBook book,
            Transactions transactions,
            BankCalls calls,
            Settlements settlements,
            WorkProperties properties,
            UuidV7 ids,
            Clock clock) {
        this.book = book;
        this.transactions = transactions;
        this.calls = calls;
        this.settlements = settlements;
        this.properties = properties;
        this.ids = ids;
        this.clock = clock;
        slots = new Semaphore(properties.concurrency());
    }

    /** There may be something to do: look now. */
    public void wake() {
        bell.release();
    }

    @Override
    public void start() {
        running = true;
        ExecutorService started = Executors.newVirtualThreadPerTaskExecutor();
        started.execute(this::settle);
        threads = started;
        finder = Thread.ofVirtual().name("due-payments").start(() -> find(started));
    }

    private void find(ExecutorService executor) {
        Duration pause = properties.shortestPoll();
        boolean troubled = false;
        while (running) {
            int found = 0;
            try {
                found = beginDue(executor);
                troubled = false;
            } catch (RuntimeException e) {
                if (!troubled) {
                    log.warn("due payments not found, trying on cause={}", e.toString());
                }
                troubled = true;
            }
            if (found > 0) {
                pause = properties.shortestPoll();
            } else if (rested(pause)) {
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(properties.longestPoll()) < 0 ? doubled : properties.longestPoll();
            }
        }
    }

    private int beginDue(ExecutorService executor) {
        int most = Math.min(slots.availablePermits(), MOST_AT_ONCE);
        full = most == 0;
        if (full) {
            return 0;
        }
        List<Payment> begun = transactions.write(() -> book.beginDue(most, ids.next()));
        for (Payment payment : begun) {
            // Never waits: nobody else takes permits.
            slots.acquireUninterruptibly();
            unsettled.incrementAndGet();
            executor.execute(() -> call(payment));
        }
        return begun.size();
    }

    private void call(Payment payment) {
        Instant calledAt = clock.instant();
        try {
            settlements.add(new Returned(payment, calls.make(payment), calledAt));
        } finally {
            slots.release();
            unsettled.decrementAndGet();
            if (full) {
                wake();
            }
        }
    }

    private void settle() {
        try {
            boolean wrote = false;
            while (running || wrote || unsettled.get() > 0) {
                wrote = settlements.writeNext();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the whole pause went by without the bell. */
    private boolean rested(Duration pause) {
        try {
            boolean rung = bell.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
            bell.drainPermits();
            return !rung;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
            return false;
        }
    }

    /** Begins nothing more, and waits for the calls under way to return and be written. */
    @Override
    public void stop() {
        running = false;
        wake();
        ExecutorService stopped = threads;
        Thread last = finder;
        if (stopped == null || last == null) {
            return;
        }
        try {
            long millis = properties.stopping().toMillis();
            last.join(millis);
            stopped.shutdown();
            if (!stopped.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
                stopped.shutdownNow();
            }
        } catch (InterruptedException e) {
            stopped.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts before, and stops after, the listeners that ring the bell. */
    @Override
    public int getPhase() {
        return 0;
    }
}
