package dev.breakwater.payment.view;

import dev.breakwater.payment.lifecycle.PaymentState;

/** The contract's words for where a payment stands. */
enum PaymentStatus {
    PENDING,
    AUTHORIZED,
    CAPTURED,
    DECLINED,
    REFUNDED,
    UNKNOWN;

    static PaymentStatus of(PaymentState state) {
        return switch (state) {
            case READY, CHARGING -> PENDING;
            case UNKNOWN -> UNKNOWN;
            // The money is with us until the refund is certain.
            case CAPTURED, REFUND_READY, REFUNDING, REFUND_UNKNOWN -> CAPTURED;
            case DECLINED, VOIDED -> DECLINED;
            case REFUNDED -> REFUNDED;
        };
    }
}
