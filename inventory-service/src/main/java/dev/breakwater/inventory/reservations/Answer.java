package dev.breakwater.inventory.reservations;

import dev.breakwater.inventory.stock.Sku;
import java.util.UUID;

/** What a command is answered with. */
sealed interface Answer {

    UUID orderId();

    record StockReserved(UUID orderId) implements Answer {}

    record StockRejected(UUID orderId, Sku missing) implements Answer {}

    record StockCommitted(UUID orderId) implements Answer {}

    record StockReleased(UUID orderId) implements Answer {}

    /** Whatever the sale had left is the product's again. */
    record SaleClosed(UUID saleId) implements Answer {

        @Override
        public UUID orderId() {
            return saleId;
        }
    }

    /** Nothing was ever reserved that could be sold. */
    record NothingReserved(UUID orderId) implements Answer {}
}
