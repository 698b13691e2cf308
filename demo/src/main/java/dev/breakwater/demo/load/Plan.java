package dev.breakwater.demo.load;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much is bought.
 *
 * @param orders so many orders, unless a length is given
 * @param length for so long
 * @param concurrency so many at the same time
 * @param products of the first so many products
 */
record Plan(int orders, @Nullable Duration length, int concurrency, int products) {

    int buyers() {
        return length == null ? Math.min(orders, concurrency) : concurrency;
    }

    int customers() {
        return length == null ? Math.min(orders, Shop.MOST_CUSTOMERS) : Shop.MOST_CUSTOMERS;
    }
}
