package dev.breakwater.platform.overload.rate;

import java.time.Duration;

/**
 * So many tokens a time, and at most a burst of them at once.
 *
 * @param tokens how many come
 * @param per in what time
 * @param burst how many a bucket holds
 */
public record Rate(long tokens, Duration per, long burst) {

    /** What may be spent on credit is taken off the shared bucket, so that the sum is the burst. */
    private static final int CREDIT_SHARE = 50;

    /** @throws IllegalArgumentException if one of them is not positive, or a bucket would take centuries to fill */
    public Rate {
        if (tokens < 1 || burst < 1 || per.isNegative() || per.isZero()) {
            throw new IllegalArgumentException(
                    "A rate has tokens, a time and a burst: %d per %s, %d at once".formatted(tokens, per, burst));
        }
        try {
            Math.multiplyExact(Math.ceilDiv(per.toNanos(), tokens), burst);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("%d at %d per %s take too long".formatted(burst, tokens, per), e);
        }
    }

    /** From one token to the next; rounded up, so that there are never more than the rate. */
    public long intervalNanos() {
        return Math.ceilDiv(per.toNanos(), tokens);
    }

    /** From empty to full. */
    public Duration toFill() {
        return Duration.ofNanos(intervalNanos() * burst);
    }

    /** How many are there to come in such a time. */
    double within(Duration time) {
        return (double) tokens * time.toNanos() / per.toNanos();
    }

    /** What is due to each of so many that cannot ask each other; each of them has a burst of one at least. */
    public Rate share(int sharers) {
        return sharers == 1 ? this : new Rate(tokens, per.multipliedBy(sharers), Math.max(1, burst / sharers));
    }

    /** What all instances together may let through before the shared bucket has been asked: a fiftieth of the burst. */
    long credit() {
        return burst / CREDIT_SHARE;
    }

    /** What the shared bucket holds of it: all but the credit. */
    public Rate shared() {
        return new Rate(tokens, per, burst - credit());
    }
}
