package dev.breakwater.payment.lifecycle;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is left to do for a payment.
 *
 * @param dueAt when; while a lease is held, when it ends and anybody may take over; null when there is nothing to do
 * @param lease whoever bears it, and nobody else, may write what came of the step
 * @param failures steps in a row that brought nothing
 */
public record Task(@Nullable Instant dueAt, @Nullable UUID lease, int failures) {

    static final Task NONE = new Task(null, null, 0);

    static Task at(Instant dueAt, int failures) {
        return new Task(dueAt, null, failures);
    }

    Task leased(UUID bearer, Instant until) {
        return new Task(until, bearer, failures);
    }
}
