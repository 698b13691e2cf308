package dev.breakwater.order.flashsale;

import dev.breakwater.order.flashsale.RedisDoor.Epoch;
import dev.breakwater.order.flashsale.RedisDoor.Holders;
import dev.breakwater.order.flashsale.RedisDoor.Standing;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an instance saw of a sale a moment ago, from which it says no without asking Redis. By the clock of Redis, which
 * is the sale's one clock: this instance's own only tells how long ago the moment was.
 *
 * @param epoch in which it was looked at
 * @param began when the look began, in the time of {@link System#nanoTime}
 * @param holders who had a place then; null where nobody looked
 */
record Glance(
        Epoch epoch,
        long began,
        Standing standing,
        @Nullable Holders holders) {

    /** What was seen longer ago says nothing about now. */
    private static final long BELIEVED = Duration.ofMillis(500).toNanos();

    boolean isFresh(long nanoTime) {
        return standing.known() && nanoTime - began < BELIEVED;
    }

    /** Never earlier than the sale's clock is. */
    private long latestMicros(long nanoTime) {
        return standing.micros() + (nanoTime - began) / 1_000;
    }

    /** What the door would say to whoever wants to order this; null when it has to be asked. */
    @Nullable
    Admission remembered(UUID orderId, long nanoTime) {
        if (!isFresh(nanoTime)) {
            return null;
        }
        if (latestMicros(nanoTime) < epoch.sale().startMicros()) {
            return new Admission.NotOpen();
        }
        // A repeat must find its order, so it has to be certain that this is none.
        if (holders == null
                || holders.version() != standing.version()
                || holders.orderIds().contains(orderId)) {
            return null;
        }
        if (hasEnded()) {
            return new Admission.Ended();
        }
        return standing.remaining() <= 0 ? new Admission.SoldOut() : null;
    }

    boolean hasEnded() {
        return standing.micros() >= epoch.sale().endMicros();
    }

    /** Whether it is worth knowing who has a place. */
    boolean letsNobodyIn() {
        return standing.known() && (standing.remaining() <= 0 || hasEnded());
    }
}
