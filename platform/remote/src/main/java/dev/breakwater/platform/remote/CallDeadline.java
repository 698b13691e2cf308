package dev.breakwater.platform.remote;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The moment by which the call that a thread works for must be answered. Bound to a piece of work, it bounds every
 * remote call that is made meanwhile, and each is told how much is left. A thread that the work starts knows nothing of
 * it unless the work binds it there again.
 */
public final class CallDeadline {

    private static final ScopedValue<CallDeadline> CURRENT = ScopedValue.newInstance();
    private static final Duration FAR_AWAY = Duration.ofDays(1);

    private final long endNanos;

    private CallDeadline(long endNanos) {
        this.endNanos = endNanos;
    }

    public static CallDeadline in(Duration left) {
        return new CallDeadline(System.nanoTime() + left.toNanos());
    }

    /** That of the work under way; one that is far away if none is bound. */
    static CallDeadline current() {
        return CURRENT.isBound() ? CURRENT.get() : in(FAR_AWAY);
    }

    /**
     * The same for work that must be done a little sooner, because something is still to be done with what it brings.
     */
    public CallDeadline sooner(Duration by) {
        return new CallDeadline(endNanos - by.toNanos());
    }

    /** Zero when it has passed. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    /** Whether less than a millisecond is left, in which nobody is reached. */
    public boolean hasPassed() {
        return left().toNanos() < TimeUnit.MILLISECONDS.toNanos(1);
    }

    /** Does the work with this deadline bound. */
    public <T, X extends Throwable> T during(ScopedValue.CallableOp<? extends T, X> work) throws X {
        return ScopedValue.where(CURRENT, this).<T, X>call(work);
    }
}
