package dev.breakwater.order.placement;

import dev.breakwater.order.saga.NewOrders.NewOrder;
import dev.breakwater.platform.persistence.IdempotencyRecords.Name;
import dev.breakwater.platform.persistence.IdempotencyRecords.Recorded;
import org.jspecify.annotations.Nullable;

/** An order on its way into the batch, with the key that makes it one order however often it is sent. */
record Submission(Name key, byte[] fingerprint, NewOrder order) {

    /** What a repeat is answered from. */
    Recorded toRecord() {
        return new Recorded(fingerprint, order.id().toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Submission that && order.equals(that.order);
    }

    @Override
    public int hashCode() {
        return order.hashCode();
    }
}
