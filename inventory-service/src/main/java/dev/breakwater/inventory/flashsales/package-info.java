/**
 * Flash sales: their stock is set aside from the product's in the ledger when they are announced, and what of it was
 * not sold goes back when they end. The one clock they follow is the database's.
 */
@NullMarked
package dev.breakwater.inventory.flashsales;

import org.jspecify.annotations.NullMarked;
