/** The whole life of an order: one state machine, the events that move it and the commands it sends. */
@NullMarked
package dev.breakwater.order.saga;

import org.jspecify.annotations.NullMarked;
