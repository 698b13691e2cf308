package dev.breakwater.platform.loadbalancing.nodes;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The failures of one instance: how many in a row, and how many of the calls of the window that the clock is in.
 * Windows do not slide; each begins with nothing. The three numbers of a window are one word, so that a call costs one
 * compare-and-set.
 */
final class Failures {

    private static final int COUNT_BITS = 20;
    private static final long MOST = (1L << COUNT_BITS) - 1;
    private static final long WINDOW_MASK = (1L << (Long.SIZE - 2 * COUNT_BITS)) - 1;

    private final AtomicInteger inARow = new AtomicInteger();
    /** The number of the window, its calls and its failures. */
    private final AtomicLong window = new AtomicLong();

    /** @return whether there are too many of them now */
    boolean add(boolean failed, long now, EjectionSettings settings) {
        var counted = count(failed, Math.floorDiv(now, settings.window().toNanos()) & WINDOW_MASK);
        if (!failed) {
            // Most calls find it so; a write would take the line from the other cores for nothing.
            if (inARow.get() != 0) {
                inARow.set(0);
            }
            return false;
        }
        return inARow.incrementAndGet() >= settings.consecutiveFailures() || isTooMany(counted, settings);
    }

    /** After a rest the next failure decides. */
    void putOnProbation(EjectionSettings settings) {
        inARow.set(settings.consecutiveFailures() - 1);
        window.set(0);
    }

    private long count(boolean failed, long number) {
        while (true) {
            var before = window.get();
            var isOld = (before >>> (2 * COUNT_BITS)) != number;
            var calls = isOld ? 0 : (before >>> COUNT_BITS) & MOST;
            var failures = isOld ? 0 : before & MOST;
            // Full means that the window has said all it can.
            if (calls == MOST) {
                return before;
            }
            var after = (number << (2 * COUNT_BITS)) | ((calls + 1) << COUNT_BITS) | (failures + (failed ? 1 : 0));
            if (window.compareAndSet(before, after)) {
                return after;
            }
        }
    }

    private static boolean isTooMany(long window, EjectionSettings settings) {
        var calls = (window >>> COUNT_BITS) & MOST;
        return calls >= settings.leastCalls() && (window & MOST) >= settings.errorRate() * calls;
    }
}
