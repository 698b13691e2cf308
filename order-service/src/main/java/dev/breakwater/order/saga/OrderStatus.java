package dev.breakwater.order.saga;

/** Where an order stands, as its customer sees it. */
public enum OrderStatus {
    /** Accepted; stock not yet decided. */
    PENDING(1),
    /** Stock is held; payment not yet decided. */
    RESERVED(2),
    /** Money is captured and stock is sold. Final, but can be cancelled for a while. */
    CONFIRMED(3),
    /** There was not enough stock. Final. */
    REJECTED(3),
    /** Final, and written only when stock and money are back. */
    CANCELLED(4);

    private final int step;

    OrderStatus(int step) {
        this.step = step;
    }

    /** Rises along every way that an order can take. */
    public int step() {
        return step;
    }

    public boolean isFinal() {
        return step > RESERVED.step;
    }
}
