package dev.breakwater.platform.overload.rate;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * What a shared bucket said last.
 *
 * @param isShort it gave less than was asked for
 * @param askAgain after so many nanoseconds
 * @param left in it, for everybody
 */
record Answer(long at, boolean isShort, long askAgain, long left) {

    private static final long ASK_AGAIN = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long ASK_AGAIN_AT_FIRST = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long ASK_AGAIN_AT_LAST = TimeUnit.SECONDS.toNanos(1);

    /** Before it was asked. */
    static Answer none(Rate rate, long now) {
        return new Answer(now, false, 0, rate.burst());
    }

    static Answer of(SharedBucket.Grant grant, long asked, Rate rate, long now) {
        return new Answer(now, grant.tokens() < asked, askAgain(rate), grant.left());
    }

    /** Whether there is nothing to be had. */
    boolean isEmpty(long now) {
        return isShort && now - at < askAgain;
    }

    /** Whether there was nothing to be had a moment ago. */
    boolean wasEmpty(long now) {
        return isShort && now - at < 2 * askAgain;
    }

    /** At no regular time: of two who ask in step, the first would always get everything. */
    private static long askAgain(Rate rate) {
        // Before a small bucket is full: what comes to a full one is lost.
        var soon = Math.clamp(rate.toFill().toNanos() / 2, ASK_AGAIN_AT_FIRST, ASK_AGAIN);
        var usual = soon / 2 + ThreadLocalRandom.current().nextLong(soon);
        return Math.max(usual, Math.min(rate.intervalNanos(), ASK_AGAIN_AT_LAST));
    }
}
