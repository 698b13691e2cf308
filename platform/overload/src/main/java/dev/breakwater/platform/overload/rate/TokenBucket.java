package dev.breakwater.platform.overload.rate;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket: at most {@code burst + rate × time} are let through in any time. It is kept as one number, the moment
 * at which it will be full again, and a call is let through if one token more leaves that moment within the time that a
 * whole bucket takes to fill. That is the generic cell rate algorithm (ITU-T I.371, 1996). Lock-free. A clock that goes
 * back brings no tokens.
 */
public final class TokenBucket {

    private final long interval;
    private final long toFill;
    private final AtomicLong fullAt;

    private TokenBucket(Rate rate, long fullAt) {
        this.interval = rate.intervalNanos();
        this.toFill = interval * rate.burst();
        this.fullAt = new AtomicLong(fullAt);
    }

    /**
     * One that has its burst.
     *
     * @param now in nanoseconds, as everywhere here, from any beginning
     */
    public static TokenBucket full(Rate rate, long now) {
        return new TokenBucket(rate, now);
    }

    /** One that had nothing at a moment, and what came since. */
    public static TokenBucket emptyAt(Rate rate, long then) {
        return new TokenBucket(rate, then + rate.toFill().toNanos());
    }

    public boolean tryTake(long now) {
        while (true) {
            var known = fullAt.get();
            var next = later(known, now) + interval;
            if (next - now > toFill) {
                return false;
            }
            if (fullAt.compareAndSet(known, next)) {
                return true;
            }
        }
    }

    /** For a call that was let through and then was not made. */
    public void giveBack() {
        fullAt.addAndGet(-interval);
    }

    public long available(long now) {
        var missing = Math.max(0, fullAt.get() - now);
        return Math.max(0, toFill - missing) / interval;
    }

    /** Differences alone mean something: a clock may begin anywhere, and run over. */
    static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
