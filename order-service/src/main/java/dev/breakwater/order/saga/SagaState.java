package dev.breakwater.order.saga;

import org.jspecify.annotations.Nullable;

/** What an order is waiting for. Customers see {@link OrderStatus} only, which moves when a state announces one. */
public enum SagaState {
    /** Stock is asked for. */
    RESERVING(OrderStatus.PENDING, Waiting.FOR_AN_ANSWER),
    /** The customer cancelled before stock was decided: that answer comes first. */
    CANCELLING_STOCK(null, Waiting.FOR_AN_ANSWER),
    /** Stock is held, payment is asked for. */
    PAYING(OrderStatus.RESERVED, Waiting.FOR_AN_ANSWER),
    /**
     * The customer cancelled before payment was decided: it is voided if it has not begun, and settled first if it has.
     */
    CANCELLING_PAYMENT(null, Waiting.FOR_AN_ANSWER),
    /** Payment took too long: it is voided if it has not begun; if it has, the order goes the way the payment goes. */
    TIMING_OUT_PAYMENT(null, Waiting.FOR_AN_ANSWER),
    /** Money is captured; from here only forward, to sold stock. */
    COMMITTING(null, Waiting.FOR_AN_ANSWER),
    /** The customer cancelled while stock was being sold: that is finished first, then everything is given back. */
    CANCELLING_COMMIT(null, Waiting.FOR_AN_ANSWER),
    /** Money captured, stock sold. */
    CONFIRMED(OrderStatus.CONFIRMED, Waiting.FOR_NOTHING),
    /** Money is on its way back; stock follows. */
    REFUNDING(null, Waiting.FOR_AN_ANSWER),
    /** Stock is on its way back; then the order is cancelled. */
    RELEASING(null, Waiting.FOR_AN_ANSWER),
    REJECTED(OrderStatus.REJECTED, Waiting.FOR_NOTHING),
    CANCELLED(OrderStatus.CANCELLED, Waiting.FOR_NOTHING);

    private enum Waiting {
        FOR_AN_ANSWER,
        FOR_NOTHING
    }

    private final @Nullable OrderStatus announces;
    private final Waiting waiting;

    SagaState(@Nullable OrderStatus announces, Waiting waiting) {
        this.announces = announces;
        this.waiting = waiting;
    }

    /** The status an order gets on entering this state; null if the customer sees no change. */
    @Nullable
    OrderStatus announces() {
        return announces;
    }

    /** Whether another service owes an answer. */
    boolean isInFlight() {
        return waiting == Waiting.FOR_AN_ANSWER;
    }

    /**
     * Whether the order is given up after a while without an answer; later states are settled, however long it takes.
     */
    boolean timesOut() {
        return this == RESERVING || this == CANCELLING_STOCK || this == PAYING;
    }
}
