package dev.breakwater.inventory.stock;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a movement stands in its row of the ledger. */
final class LedgerColumns {

    private LedgerColumns() {}

    static String kind(Movement movement) {
        return switch (movement) {
            case Movement.Adjusted m -> "ADJUSTED";
            case Movement.Reserved m -> "RESERVED";
            case Movement.Released m -> "RELEASED";
            case Movement.Sold m -> "SOLD";
            case Movement.Returned m -> "RETURNED";
            case Movement.SetAside m -> "SET_ASIDE";
            case Movement.GivenBack m -> "GIVEN_BACK";
            // The same, of a sale: sale_id tells.
            case Movement.ReservedOfSale m -> "RESERVED";
            case Movement.ReleasedToSale m -> "RELEASED";
            case Movement.ReturnedToSale m -> "RETURNED";
        };
    }

    static @Nullable UUID orderId(Movement movement) {
        return switch (movement) {
            case Movement.Adjusted m -> null;
            case Movement.Reserved m -> m.orderId();
            case Movement.Released m -> m.orderId();
            case Movement.Sold m -> m.orderId();
            case Movement.Returned m -> m.orderId();
            case Movement.SetAside m -> null;
            case Movement.GivenBack m -> null;
            case Movement.ReservedOfSale m -> m.orderId();
            case Movement.ReleasedToSale m -> m.orderId();
            case Movement.ReturnedToSale m -> m.orderId();
        };
    }

    static @Nullable UUID saleId(Movement movement) {
        return switch (movement) {
            case Movement.Adjusted m -> null;
            case Movement.Reserved m -> null;
            case Movement.Released m -> null;
            case Movement.Sold m -> null;
            case Movement.Returned m -> null;
            case Movement.SetAside m -> m.saleId();
            case Movement.GivenBack m -> m.saleId();
            case Movement.ReservedOfSale m -> m.saleId();
            case Movement.ReleasedToSale m -> m.saleId();
            case Movement.ReturnedToSale m -> m.saleId();
        };
    }
}
