package dev.breakwater.order.saga;

/** What can happen to an order: answers of the other services, a flash sale's limit, the customer's wish, the clock. */
enum Trigger {
    STOCK_RESERVED,
    STOCK_REJECTED,
    LIMIT_EXCEEDED,
    STOCK_COMMITTED,
    STOCK_RELEASED,
    PAYMENT_CAPTURED,
    PAYMENT_DECLINED,
    PAYMENT_REFUSED_BY_RISK,
    PAYMENT_VOIDED,
    PAYMENT_REFUNDED,
    CANCEL_REQUESTED,
    STEP_TIMED_OUT
}
