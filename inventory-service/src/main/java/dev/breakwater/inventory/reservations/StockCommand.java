package dev.breakwater.inventory.reservations;

import dev.breakwater.inventory.stock.Sku;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What order-service can ask for. */
sealed interface StockCommand {

    /** Whom it is about: an order, or the sale that is to be closed. */
    UUID orderId();

    /**
     * Hold all of it, or nothing.
     *
     * @param saleId the flash sale whose stock it is to be; null for the product's own
     */
    record Reserve(UUID orderId, List<Line> lines, @Nullable UUID saleId) implements StockCommand {

        Reserve(UUID orderId, List<Line> lines) {
            this(orderId, lines, null);
        }
    }

    /** Let nobody have anything of a flash sale any more, and give back what is left of it. */
    record CloseSale(UUID saleId) implements StockCommand {

        @Override
        public UUID orderId() {
            return saleId;
        }
    }

    /** What is held is sold. */
    record Commit(UUID orderId) implements StockCommand {}

    /** Give back what is held or sold; of an order not seen yet, see to it that nothing will be. */
    record Release(UUID orderId) implements StockCommand {}

    /** So many pieces of one product. */
    record Line(Sku sku, int quantity) {}
}
