/**
 * Stock held for orders: a batch of commands locks what it needs, is decided in order of arrival in memory and is
 * written in one transaction, so that one hot product costs one update a batch and not one an order.
 */
@NullMarked
package dev.breakwater.inventory.reservations;

import org.jspecify.annotations.NullMarked;
