package dev.breakwater.platform.batching;

import dev.breakwater.platform.batching.NotWrittenException.Cause;
import dev.breakwater.platform.batching.Ticket.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Concurrent callers share a write: group commit (DeWitt et al., <i>Implementation Techniques for Main Memory Database
 * Systems</i>, SIGMOD 1984), brought from the log of a database to the transactions of an application.
 *
 * <p>There is no thread and no timer. A caller who finds a writer free <i>leads</i>: it writes at once, so a lonely
 * caller waits for nobody. Callers who find all writers busy queue up. When a leader is done it hands its place to the
 * first in the queue, who takes those behind it, up to {@link BatchLimits#size}, and writes all of them: the longer a
 * commit takes, the more callers share the next one. Each returns after the commit that has its item.
 *
 * <p>When a batch fails, one bad item must not fail its neighbours: the batch is written again in halves, and a single
 * item that fails is left to its own caller, who writes it alone, with as many others as there are writers. Only a
 * {@linkplain #IngestBatch shared fault} goes to all.
 */
public final class IngestBatch<T, R> implements AutoCloseable {

    private final Writing<T, R> writing;
    private final BatchLimits limits;

    private final Semaphore alone;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    /** In order of arrival. Not empty only while all writers are busy. */
    private final LinkedHashSet<Ticket<T, R>> queue = new LinkedHashSet<>();

    private int busyWriters;
    /** Callers who are let in and not yet on their way out. */
    private int inside;

    private boolean closed;

    /** @param isShared whether a fault is nobody's own, such as a database that is away: repeating halves is no use */
    public IngestBatch(BatchWriter<T, R> writer, BatchLimits limits, Predicate<RuntimeException> isShared) {
        this.writing = new Writing<>(writer, isShared);
        this.limits = limits;
        this.alone = new Semaphore(limits.writers(), true);
    }

    /**
     * Returns the item's result after the commit of the batch that it was in.
     *
     * @param longestWait how long it may queue; once it is being written, the answer is waited for
     * @throws NotWrittenException when it was never in a batch
     * @throws RuntimeException what the writer threw, for this item alone or for all
     */
    public R write(T item, Duration longestWait) {
        var ticket = enter(item);
        try {
            awaitAnswer(ticket, longestWait);
        } finally {
            leave();
        }
        return ticket.outcome();
    }

    private void awaitAnswer(Ticket<T, R> ticket, Duration longestWait) {
        var deadline = System.nanoTime() + longestWait.toNanos();
        var interrupted = false;
        while (ticket.turn() != Turn.ANSWERED) {
            switch (ticket.turn()) {
                case LEAD -> lead(ticket);
                case ALONE -> writeAlone(ticket, deadline);
                case QUEUED -> awaitTurn(ticket, deadline);
                case WRITTEN_BY_LEADER -> LockSupport.park(this);
                case ANSWERED -> {}
            }
            // A parked thread that is interrupted does not park again: remember it, and go on waiting for the answer.
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many items wait for a writer now. */
    public int queued() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses newcomers and returns when everyone who was let in has been answered. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            while (inside > 0) {
                idle.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private Ticket<T, R> enter(T item) {
        lock.lock();
        try {
            if (closed) {
                throw new NotWrittenException(Cause.CLOSED);
            }
            if (busyWriters < limits.writers()) {
                busyWriters++;
                inside++;
                return new Ticket<>(item, Turn.LEAD);
            }
            if (queue.size() >= limits.queue()) {
                throw new NotWrittenException(Cause.QUEUE_FULL);
            }
            var ticket = new Ticket<T, R>(item, Turn.QUEUED);
            queue.add(ticket);
            inside++;
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            inside--;
            if (inside == 0) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitTurn(Ticket<T, R> ticket, long deadline) {
        var left = deadline - System.nanoTime();
        if (left > 0) {
            LockSupport.parkNanos(this, left);
        } else {
            withdraw(ticket);
        }
    }

    /** Too late for a ticket that has left the queue: it is being written. */
    private void withdraw(Ticket<T, R> ticket) {
        lock.lock();
        try {
            if (queue.remove(ticket)) {
                throw new NotWrittenException(Cause.WAITED_TOO_LONG);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Without the place of a leader, for it may take long; with one of as many others, for connections are few. */
    private void writeAlone(Ticket<T, R> ticket, long deadline) {
        if (!acquire(deadline)) {
            throw new NotWrittenException(Cause.WAITED_TOO_LONG);
        }
        try {
            writing.writeAlone(ticket);
        } finally {
            alone.release();
        }
    }

    private boolean acquire(long deadline) {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return alone.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void lead(Ticket<T, R> leader) {
        // Those who are ready to run come first: whom the last commit has answered is often back with the next item.
        // With nobody else ready it costs nothing.
        Thread.yield();
        var batch = takeBatch(leader);
        try {
            writing.write(batch);
        } finally {
            handOver();
        }
    }

    private List<Ticket<T, R>> takeBatch(Ticket<T, R> leader) {
        var batch = new ArrayList<Ticket<T, R>>();
        batch.add(leader);
        lock.lock();
        try {
            var waiting = queue.iterator();
            while (batch.size() < limits.size() && waiting.hasNext()) {
                batch.add(waiting.next());
                waiting.remove();
            }
        } finally {
            lock.unlock();
        }
        batch.forEach(ticket -> ticket.now(Turn.WRITTEN_BY_LEADER));
        return batch;
    }

    /** The place of a leader who is done goes to the first who waits; with nobody waiting it becomes free. */
    private void handOver() {
        lock.lock();
        try {
            if (queue.isEmpty()) {
                busyWriters--;
            } else {
                queue.removeFirst().now(Turn.LEAD);
            }
        } finally {
            lock.unlock();
        }
    }
}
