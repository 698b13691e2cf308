package dev.breakwater.payment.lifecycle;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Exponential backoff with equal jitter: {@code d/2 + random * d/2} with {@code d = min(longest, first * 2^(n-1))}
 * (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015). Half of the pause is kept, so that a bank
 * in trouble is never asked at once.
 */
@Component
class Backoff {

    private static final int MOST_DOUBLINGS = 20;

    private final Duration first;
    private final Duration longest;
    private final DoubleSupplier random;

    @Autowired
    Backoff(LifecycleProperties properties) {
        this(
                properties.backoff(),
                properties.longestBackoff(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param random values from 0 (inclusive) to 1 (exclusive) */
    Backoff(Duration first, Duration longest, DoubleSupplier random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    Duration after(int failures) {
        long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long pause = Math.min(longest.toMillis(), doubled);
        return Duration.ofMillis(pause / 2 + (long) (random.getAsDouble() * pause / 2));
    }
}
