package dev.breakwater.inventory.products;

/** Within this process: the transaction that is under way makes this the product's version. */
record VersionWritten(String sku, long version) {}
