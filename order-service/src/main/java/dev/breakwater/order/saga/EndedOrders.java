package dev.breakwater.order.saga;

import java.util.Collection;

/** Who must note, in the same transaction, that orders ended without a purchase. */
@FunctionalInterface
public interface EndedOrders {

    /** @param rejectedOrCancelled those that were so before are among them when they took another step */
    void ended(Collection<Order> rejectedOrCancelled);
}
