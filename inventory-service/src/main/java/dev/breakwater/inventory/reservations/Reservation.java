package dev.breakwater.inventory.reservations;

import dev.breakwater.inventory.reservations.StockCommand.Line;
import dev.breakwater.inventory.stock.Sku;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of an order's stock so far. */
sealed interface Reservation {

    UUID orderId();

    /**
     * The stock is held.
     *
     * @param saleId the flash sale that it is of; null if it is the product's own
     */
    record Reserved(
            UUID orderId, List<Line> lines, @Nullable UUID saleId) implements Reservation {}

    /** The stock is sold. */
    record Committed(
            UUID orderId, List<Line> lines, @Nullable UUID saleId) implements Reservation {}

    /** There was not enough of one product, so nothing was held of any. */
    record Rejected(UUID orderId, Sku missing) implements Reservation {}

    /** Nothing is held any more, or ever will be: the tombstone that makes a late reserve fail. */
    record Released(UUID orderId) implements Reservation {}
}
