/** What products cost, in this service's own copy, so that orders are taken while inventory is away. */
@NullMarked
package dev.breakwater.order.pricing;

import org.jspecify.annotations.NullMarked;
