package dev.breakwater.payment.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * A payment before and after something happened to it.
 *
 * @param before null when it is new
 * @param answer what the bank said to the latest attempt, for the attempts' log; null when it was not called
 */
public record Change(
        @Nullable Payment before, Payment after, @Nullable String answer) {

    public static Change of(@Nullable Payment before, Payment after) {
        return new Change(before, after, null);
    }

    /** Whether the call that was answered was about the charge, and not about its refund. */
    boolean wasCharge() {
        return before != null && !before.state().isCharged();
    }

    boolean isNew() {
        return before == null;
    }

    /** A call that may move money is about to be made. */
    boolean beginsAttempt() {
        return before != null
                && before.state() != after.state()
                && (after.state() == PaymentState.CHARGING || after.state() == PaymentState.REFUNDING);
    }
}
