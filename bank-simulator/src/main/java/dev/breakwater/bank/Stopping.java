package dev.breakwater.bank;

import dev.breakwater.bank.charge.Patience;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets slow answers wait, and lets go of them all at once when the process stops. */
final class Stopping implements Patience {

    private final CountDownLatch begun = new CountDownLatch(1);

    void begin() {
        begun.countDown();
    }

    @Override
    public boolean wait(Duration time) {
        try {
            return !begun.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
