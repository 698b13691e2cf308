package dev.breakwater.platform.overload;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many there were within a window that slides by tenths of it; the tenth that has just begun is one of the ten.
 * Lock-free. Times are of a monotonic clock, in nanoseconds; a thread that was held up counts for the time it read.
 */
final class SlidingCount {

    private static final int SLICES = 10;

    private final long sliceNanos;
    private final long began;
    /** In each the number of a slice, 32 bits of it, and how many there were in that. */
    private final AtomicLongArray slices = new AtomicLongArray(SLICES);

    /** @param began no time is before it */
    SlidingCount(Duration window, long began) {
        this.began = began;
        sliceNanos = window.dividedBy(SLICES).toNanos();
        if (sliceNanos <= 0) {
            throw new IllegalArgumentException("too short for a window: " + window);
        }
    }

    void add(long now) {
        var slice = slice(now);
        var at = Math.floorMod(slice, SLICES);
        long seen;
        long next;
        do {
            seen = slices.get(at);
            // Who comes a whole window late finds a newer one there, and belongs to that rather than to none.
            next = slice - number(seen) > 0 ? packed(slice, 1) : seen + 1;
        } while (!slices.compareAndSet(at, seen, next));
    }

    /** @param then the time with which it was added; does nothing when that has slid out */
    void takeBack(long then) {
        var slice = slice(then);
        var at = Math.floorMod(slice, SLICES);
        long seen;
        do {
            seen = slices.get(at);
        } while (number(seen) == slice && count(seen) > 0 && !slices.compareAndSet(at, seen, seen - 1));
    }

    long sum(long now) {
        var slice = slice(now);
        long sum = 0;
        for (var at = 0; at < SLICES; at++) {
            var seen = slices.get(at);
            // One from the future was added by somebody who read the clock later than we did.
            if (Math.abs(slice - number(seen)) < SLICES) {
                sum += count(seen);
            }
        }
        return sum;
    }

    private int slice(long now) {
        return (int) Math.floorDiv(now - began, sliceNanos);
    }

    private static long packed(int number, int count) {
        return (long) number << Integer.SIZE | count;
    }

    private static int number(long packed) {
        return (int) (packed >>> Integer.SIZE);
    }

    private static int count(long packed) {
        return (int) packed;
    }
}
