package dev.breakwater.inventory.flashsales;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.breakwater.inventory.flashsales.FlashSale.Standing;
import dev.breakwater.inventory.flashsales.FlashSale.State;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A flash sale as everybody may see it.
 *
 * @param state absent in the answer to its announcement
 * @param remaining how many pieces can still be bought; absent there too
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FlashSaleView(
        UUID id,
        String sku,
        long priceMinor,
        String currency,
        long quantity,
        long perCustomerLimit,
        Instant startsAt,
        Instant endsAt,
        @Nullable State state,
        @Nullable Long remaining) {

    static FlashSaleView of(FlashSale sale) {
        return of(sale, null, null);
    }

    static FlashSaleView of(Standing standing) {
        return of(standing.sale(), standing.state(), standing.forSale());
    }

    private static FlashSaleView of(FlashSale sale, @Nullable State state, @Nullable Long remaining) {
        return new FlashSaleView(
                sale.id(),
                sale.sku().value(),
                sale.priceMinor(),
                sale.currency(),
                sale.quantity(),
                sale.perCustomerLimit(),
                sale.startsAt(),
                sale.endsAt(),
                state,
                remaining);
    }
}
