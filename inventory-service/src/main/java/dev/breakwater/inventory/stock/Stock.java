package dev.breakwater.inventory.stock;

import org.jspecify.annotations.Nullable;

/** Balances over which commands are decided. */
public interface Stock {

    /** The balance with all movements so far; null for a SKU that there is not. */
    @Nullable
    Balance balance(Sku sku);

    /** @throws IllegalStateException when there would be less than nothing */
    void move(Sku sku, Movement movement);
}
