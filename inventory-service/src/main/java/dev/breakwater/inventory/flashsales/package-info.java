/**
 * Flash sales: their stock is set aside from the product's in the ledger when they are announced, orders of theirs are
 * served from it, and what of it was not sold goes back when order-service says that nothing of them is under way.
 */
@NullMarked
package dev.breakwater.inventory.flashsales;

import org.jspecify.annotations.NullMarked;
