package dev.breakwater.platform.overload.rate;

import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Lets calls through evenly spaced: what has a token of the bucket waits for its turn, for as long as is allowed, and
 * is refused at once if that would not do.
 */
public final class SmoothedBucket implements Limiter {

    private final Limiter bucket;
    private final LeakyBucket turns;
    private final LongSupplier nanoTime;
    private final LongConsumer pause;

    /** @param pause waits for so many nanoseconds, or fewer */
    public SmoothedBucket(Limiter bucket, LeakyBucket turns, LongSupplier nanoTime, LongConsumer pause) {
        this.bucket = bucket;
        this.turns = turns;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /** As many at once as can have their turn before the wait is over. */
    public static Rate rate(long tokens, Duration per, Duration longestWait) {
        return new Rate(tokens, per, 1 + (long) new Rate(tokens, per, 1).within(longestWait));
    }

    @Override
    public Decision take() {
        var decision = bucket.take();
        if (!decision.isAdmitted()) {
            return decision;
        }
        var wait = turns.take(nanoTime.getAsLong());
        if (wait == LeakyBucket.REFUSED) {
            bucket.giveBack();
            return decision.isShared() ? Decision.REFUSED : Decision.REFUSED_ALONE;
        }
        pause(wait);
        return decision;
    }

    /** Whoever is interrupted has better things to do. */
    private void pause(long nanos) {
        var began = nanoTime.getAsLong();
        var left = nanos;
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            pause.accept(left);
            left = nanos - (nanoTime.getAsLong() - began);
        }
    }

    @Override
    public void giveBack() {
        turns.giveBack(nanoTime.getAsLong());
        bucket.giveBack();
    }

    @Override
    public boolean isExhausted() {
        return bucket.isExhausted();
    }

    @Override
    public long left() {
        return bucket.left();
    }

    @Override
    public Duration comeBackIn() {
        return bucket.comeBackIn();
    }
}
