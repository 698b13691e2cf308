package dev.breakwater.platform.overload.rate;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A leaky bucket as a queue: calls go on evenly spaced, each waits for its turn, and one that would have to wait for
 * too long is refused at once (Turner, New directions in communications, 1986). Lock-free.
 */
public final class LeakyBucket {

    /** Instead of a waiting time. */
    public static final long REFUSED = -1;

    private final long interval;
    private final long longestWait;
    private final AtomicLong nextTurn;

    public LeakyBucket(Rate rate, Duration longestWait, long now) {
        this.interval = rate.intervalNanos();
        this.longestWait = longestWait.toNanos();
        this.nextTurn = new AtomicLong(now);
    }

    /** How long to wait for one's turn, in nanoseconds, or {@link #REFUSED}. */
    public long take(long now) {
        while (true) {
            var known = nextTurn.get();
            var turn = TokenBucket.later(known, now);
            if (turn - now > longestWait) {
                return REFUSED;
            }
            if (nextTurn.compareAndSet(known, turn + interval)) {
                return turn - now;
            }
        }
    }

    /**
     * For a call that had its turn and then was not made: the next one need not keep a distance from it. Once others
     * wait for later turns it is too late for that, and the turn passes unused.
     */
    public void giveBack(long now) {
        nextTurn.updateAndGet(next -> next - interval - now <= 0 ? next - interval : next);
    }
}
