package dev.breakwater.order.intake;

/** Who is to know of orders that are certain to be there. */
@FunctionalInterface
public interface WrittenOrders {

    /** May be told of the same order several times. */
    void written(QueuedOrder order);
}
