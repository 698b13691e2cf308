package dev.breakwater.inventory.stock;

import java.util.UUID;

/** What can happen to the stock of one product; each is a row of the ledger. */
public sealed interface Movement {

    /** A delivery, a loss, a correction. */
    record Adjusted(long delta, String reason) implements Movement {}

    /** Pieces are promised to an order. */
    record Reserved(UUID orderId, long quantity) implements Movement {}

    /** The promise is taken back. */
    record Released(UUID orderId, long quantity) implements Movement {}

    /** Promised pieces are sold. */
    record Sold(UUID orderId, long quantity) implements Movement {}

    /** Sold pieces come back. */
    record Returned(UUID orderId, long quantity) implements Movement {}

    /** Pieces are kept for a flash sale. */
    record SetAside(UUID saleId, long quantity) implements Movement {}

    /** A flash sale has ended, and what it did not sell is the product's again. */
    record GivenBack(UUID saleId, long quantity) implements Movement {}

    /** Pieces that a flash sale keeps are promised to an order. */
    record ReservedOfSale(UUID orderId, UUID saleId, long quantity) implements Movement {}

    /** The promise is taken back while the sale goes on, so it is the sale's again. */
    record ReleasedToSale(UUID orderId, UUID saleId, long quantity) implements Movement {}

    /** Sold pieces come back while the sale goes on. */
    record ReturnedToSale(UUID orderId, UUID saleId, long quantity) implements Movement {}

    default Balance change() {
        return switch (this) {
            case Adjusted m -> new Balance(m.delta, 0, 0, 0);
            case Reserved m -> new Balance(0, m.quantity, 0, 0);
            case Released m -> new Balance(0, -m.quantity, 0, 0);
            case Sold m -> new Balance(-m.quantity, -m.quantity, 0, m.quantity);
            case Returned m -> new Balance(m.quantity, 0, 0, -m.quantity);
            case SetAside m -> new Balance(0, 0, m.quantity, 0);
            case GivenBack m -> new Balance(0, 0, -m.quantity, 0);
            case ReservedOfSale m -> new Balance(0, m.quantity, -m.quantity, 0);
            case ReleasedToSale m -> new Balance(0, -m.quantity, m.quantity, 0);
            case ReturnedToSale m -> new Balance(m.quantity, 0, m.quantity, -m.quantity);
        };
    }
}
