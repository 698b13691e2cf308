package dev.breakwater.inventory.catalogue;

/** A product that somebody might sell. */
record DemoProduct(String sku, String name, String description, String category, long priceMinor) {

    static final String CURRENCY = "CNY";
}
