package dev.breakwater.platform.overload.rate;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Tokens of a shared bucket that this instance holds ahead. Some may be spent on credit, before they were granted; the
 * next grant pays for them first. What is not used within a second is forgotten. Lock-free: one number holds how many
 * there are and when the last ones came.
 */
final class Lease {

    /** In milliseconds. */
    static final int KEPT_FOR = 1_000;

    /** The upper half: when tokens came last, in milliseconds; the lower: how many there are, below zero on credit. */
    private final AtomicLong state = new AtomicLong();

    /** @param credit how many may be spent that were not granted yet */
    boolean tryTake(long now, long credit) {
        while (true) {
            var known = state.get();
            var left = left(known, millis(now));
            if (left <= -credit) {
                return false;
            }
            if (state.compareAndSet(known, packed(came(known), left - 1))) {
                return true;
            }
        }
    }

    void granted(int tokens, long now) {
        add(tokens, now);
    }

    void giveBack(long now) {
        add(1, now);
    }

    int left(long now) {
        return left(state.get(), millis(now));
    }

    private void add(int tokens, long now) {
        while (true) {
            var known = state.get();
            if (state.compareAndSet(known, packed(millis(now), left(known, millis(now)) + tokens))) {
                return;
            }
        }
    }

    private static int left(long state, int now) {
        var left = (int) state;
        return left > 0 && now - came(state) > KEPT_FOR ? 0 : left;
    }

    private static int came(long state) {
        return (int) (state >>> Integer.SIZE);
    }

    private static long packed(int came, int left) {
        return (long) came << Integer.SIZE | Integer.toUnsignedLong(left);
    }

    /** Runs over after seven weeks, which differences survive. */
    private static int millis(long nanos) {
        return (int) (nanos / 1_000_000);
    }
}
