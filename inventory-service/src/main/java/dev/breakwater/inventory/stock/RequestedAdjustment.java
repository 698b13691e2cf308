package dev.breakwater.inventory.stock;

import dev.breakwater.platform.persistence.IdempotencyRecords;
import dev.breakwater.platform.persistence.IdempotencyRecords.Name;
import org.jspecify.annotations.Nullable;

/**
 * An adjustment on its way into the batch.
 *
 * @param key what makes it one adjustment however often it is sent; one key always means one SKU
 */
record RequestedAdjustment(Sku sku, Name key, byte[] fingerprint, StockAdjustment adjustment) {

    static RequestedAdjustment of(Sku sku, String owner, String key, StockAdjustment adjustment) {
        return new RequestedAdjustment(
                sku,
                new Name(owner, "POST /products/" + sku + "/stock", key),
                IdempotencyRecords.fingerprint(adjustment),
                adjustment);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestedAdjustment that && key.equals(that.key) && adjustment.equals(that.adjustment);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
