package dev.breakwater.payment.lifecycle;

/** Where a payment stands between us and the bank. */
public enum PaymentState {
    /** Nothing is under way at the bank. */
    READY,
    /** The attempt is written; the bank is called now, or was about to be. */
    CHARGING,
    /** A charge was sent and its outcome is not known: the only next step is to ask. */
    UNKNOWN,
    CAPTURED,
    DECLINED,
    /** Withdrawn before it began; nothing was ever sent. */
    VOIDED,
    REFUND_READY,
    REFUNDING,
    REFUND_UNKNOWN,
    REFUNDED;

    /** Somebody has to do something. */
    public boolean isOpen() {
        return switch (this) {
            case READY, CHARGING, UNKNOWN, REFUND_READY, REFUNDING, REFUND_UNKNOWN -> true;
            case CAPTURED, DECLINED, VOIDED, REFUNDED -> false;
        };
    }

    /** The bank took the money, whatever became of it later. */
    public boolean isCharged() {
        return switch (this) {
            case CAPTURED, REFUND_READY, REFUNDING, REFUND_UNKNOWN, REFUNDED -> true;
            case READY, CHARGING, UNKNOWN, DECLINED, VOIDED -> false;
        };
    }

    public boolean isUnknown() {
        return this == UNKNOWN || this == REFUND_UNKNOWN;
    }
}
