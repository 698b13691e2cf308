package dev.breakwater.order.saga;

import java.util.Collection;
import java.util.UUID;

/** Who wants to know that orders have another status. */
@FunctionalInterface
public interface MovedOrders {

    /** Called within the transaction that moves them, which may still fail. */
    void moved(Collection<UUID> orderIds);
}
