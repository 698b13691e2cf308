package dev.breakwater.order.saga;

/** One line of an order, at the price it was accepted for. */
public record OrderItem(String sku, int quantity, long unitPriceMinor) {}
