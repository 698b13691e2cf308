package dev.breakwater.platform.batching;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A caller's place in the batch: what he wants written, whose turn it is, and in the end what came of it. */
final class Ticket<T, R> {

    /** Where a ticket stands; what its caller has to do next. */
    enum Turn {
        /** Waits in the queue, and may still be withdrawn. */
        QUEUED,
        /** Is to take the next batch from the queue and write it. */
        LEAD,
        /** Is being written by the leader of its batch. */
        WRITTEN_BY_LEADER,
        /** Is to be written by its own caller, alone. */
        ALONE,
        ANSWERED
    }

    final T item;
    private final Thread caller = Thread.currentThread();
    private @Nullable R result;
    private @Nullable Throwable failure;
    /** Written last and read first: it publishes the two above. */
    private volatile Turn turn;

    Ticket(T item, Turn turn) {
        this.item = item;
        this.turn = turn;
    }

    Turn turn() {
        return turn;
    }

    /** Says what comes next; wakes a caller who waits for it. */
    void now(Turn next) {
        turn = next;
        LockSupport.unpark(caller);
    }

    void answer(R value) {
        result = value;
        now(Turn.ANSWERED);
    }

    void fail(Throwable thrown) {
        failure = thrown;
        now(Turn.ANSWERED);
    }

    /** What came of it, once it is {@link Turn#ANSWERED}; throws what its batch threw. */
    R outcome() {
        switch (failure) {
            case null -> {}
            case RuntimeException thrown -> throw thrown;
            case Error thrown -> throw thrown;
            case Throwable thrown -> throw new IllegalStateException(thrown);
        }
        var value = result;
        if (value == null) {
            throw new IllegalStateException("no outcome yet");
        }
        return value;
    }
}
