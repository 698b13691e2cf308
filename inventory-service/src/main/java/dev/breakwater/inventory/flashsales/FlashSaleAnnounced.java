package dev.breakwater.inventory.flashsales;

import dev.breakwater.platform.messaging.Outgoing;
import dev.breakwater.platform.messaging.Topics;
import java.time.Instant;
import java.util.UUID;

/** What other services hear of a sale. */
record FlashSaleAnnounced(
        UUID id,
        String sku,
        long priceMinor,
        String currency,
        long quantity,
        long perCustomerLimit,
        Instant startsAt,
        Instant endsAt) {

    static Outgoing of(FlashSale sale) {
        return new Outgoing(
                Topics.INVENTORY_FLASH_SALES,
                sale.id().toString(),
                "FlashSaleAnnounced",
                1,
                new FlashSaleAnnounced(
                        sale.id(),
                        sale.sku().value(),
                        sale.priceMinor(),
                        sale.currency(),
                        sale.quantity(),
                        sale.perCustomerLimit(),
                        sale.startsAt(),
                        sale.endsAt()));
    }
}
