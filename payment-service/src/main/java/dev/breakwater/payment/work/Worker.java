package dev.breakwater.payment.work;

import dev.breakwater.payment.lifecycle.Payment;
import dev.breakwater.payment.lifecycle.PaymentBook;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.persistence.UuidV7;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Finds payments whose next step is due and begins as many as the bulkhead has room for, channel by channel.
 *
 * <p>Any instance may find any payment: fresh ones at once, since {@link #wake()} ends the pause, those that a killed
 * instance left when their lease ends.
 */
@Component
public class Worker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final int MOST_OF_A_CHANNEL = 100;

    private final PaymentBook book;
    private final Transactions transactions;
    private final Bulkhead bulkhead;
    private final WorkProperties properties;
    private final UuidV7 ids;

    private final Semaphore bell = new Semaphore(0);
    private volatile boolean running;
    private volatile boolean waitingForRoom;
    private @Nullable Thread finder;

    Worker(PaymentBook book, Transactions transactions, Bulkhead bulkhead, WorkProperties properties, UuidV7 ids) {
        this.book = book;
        this.transactions = transactions;
        this.bulkhead = bulkhead;
        this.properties = properties;
        this.ids = ids;
    }

    /** There may be something to do: look now. */
    public void wake() {
        bell.release();
    }

    @Override
    public void start() {
        running = true;
        bulkhead.open(this::thereIsRoom);
        finder = Thread.ofVirtual().name("due-payments").start(this::find);
    }

    private void find() {
        Duration pause = properties.shortestPoll();
        boolean troubled = false;
        while (running) {
            int found = 0;
            try {
                found = beginDue();
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

    private int beginDue() {
        // Before looking, so that a place that is given back meanwhile rings.
        waitingForRoom = true;
        Map<String, Integer> room = bulkhead.room();
        room.replaceAll((_, free) -> Math.min(free, MOST_OF_A_CHANNEL));
        waitingForRoom = room.containsValue(0);
        if (Collections.max(room.values()) == 0) {
            return 0;
        }
        List<Payment> begun = transactions.write(() -> book.beginDue(room, ids.next()));
        begun.forEach(bulkhead::call);
        return begun.size();
    }

    private void thereIsRoom() {
        if (waitingForRoom) {
            wake();
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

    /** Begins nothing more, and waits for the calls under way. */
    @Override
    public void stop() {
        running = false;
        wake();
        try {
            if (finder != null) {
                finder.join(properties.stopping().toMillis());
            }
            bulkhead.close(properties.stopping());
        } catch (InterruptedException e) {
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
