package dev.breakwater.inventory.stock;

import java.util.SortedMap;

/** Who must hear, in the same transaction, that products went into another class of availability. */
public interface AvailabilityChanges {

    void announce(SortedMap<Sku, Availability> changed);
}
