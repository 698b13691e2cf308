package dev.breakwater.order.saga;

/** Where an order stands, as its customer sees it. */
public enum OrderStatus {
    /** Accepted; stock not yet decided. */
    PENDING,
    /** Stock is held; payment not yet decided. */
    RESERVED,
    /** Money is captured and stock is sold. Final, but can be cancelled for a while. */
    CONFIRMED,
    /** There was not enough stock. Final. */
    REJECTED,
    /** Final, and written only when stock and money are back. */
    CANCELLED
}
