package dev.breakwater.inventory.stock;

/** The exact stock as the API tells it. */
record StockLevel(String sku, long onHand, long reserved, long available) {

    static StockLevel of(Sku sku, Balance balance) {
        return new StockLevel(sku.value(), balance.onHand(), balance.reserved(), balance.available());
    }
}
