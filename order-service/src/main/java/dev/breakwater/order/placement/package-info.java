/** From a request to an order that is durable: idempotency key, prices, one transaction, 202. */
@NullMarked
package dev.breakwater.order.placement;

import org.jspecify.annotations.NullMarked;
