/**
 * How much there is of each product: a balance a SKU, and a ledger in which every movement is a row. Who moves stock
 * locks the balances it needs in the order of their SKUs, moves them in memory and writes them once.
 */
@NullMarked
package dev.breakwater.inventory.stock;

import org.jspecify.annotations.NullMarked;
