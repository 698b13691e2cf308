package dev.breakwater.order.saga;

/** Why an order ended otherwise than confirmed. */
public enum Reason {
    OUT_OF_STOCK,
    LIMIT_REACHED,
    PAYMENT_DECLINED,
    PAYMENT_REFUSED_BY_RISK,
    CUSTOMER,
    TIMED_OUT
}
