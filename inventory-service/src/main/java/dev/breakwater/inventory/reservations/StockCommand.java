package dev.breakwater.inventory.reservations;

import dev.breakwater.inventory.stock.Sku;
import java.util.List;
import java.util.UUID;

/** What order-service can ask for. */
sealed interface StockCommand {

    UUID orderId();

    /** Hold all of it, or nothing. */
    record Reserve(UUID orderId, List<Line> lines) implements StockCommand {}

    /** What is held is sold. */
    record Commit(UUID orderId) implements StockCommand {}

    /** Give back what is held or sold; of an order not seen yet, see to it that nothing will be. */
    record Release(UUID orderId) implements StockCommand {}

    /** So many pieces of one product. */
    record Line(Sku sku, int quantity) {}
}
