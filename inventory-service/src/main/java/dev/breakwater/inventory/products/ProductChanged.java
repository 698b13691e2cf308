package dev.breakwater.inventory.products;

import dev.breakwater.inventory.stock.Availability;
import dev.breakwater.platform.messaging.Outgoing;
import dev.breakwater.platform.messaging.Topics;

/** The event that tells the other services what a product is now. */
record ProductChanged(
        String sku,
        String name,
        String category,
        long priceMinor,
        String currency,
        Availability availability,
        long version) {

    static Outgoing of(Product product) {
        return new Outgoing(
                Topics.INVENTORY_PRODUCTS,
                product.sku(),
                "ProductChanged",
                1,
                new ProductChanged(
                        product.sku(),
                        product.name(),
                        product.category(),
                        product.priceMinor(),
                        product.currency(),
                        product.availability(),
                        product.version()));
    }
}
