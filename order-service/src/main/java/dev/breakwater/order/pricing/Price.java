package dev.breakwater.order.pricing;

/**
 * What one unit of a product costs.
 *
 * @param version grows with each change of the product; the higher one is the later one
 */
public record Price(String sku, long priceMinor, String currency, long version) {}
