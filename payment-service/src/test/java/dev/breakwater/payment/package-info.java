/** Payments from command to event, against real servers and the bank simulator. */
@NullMarked
package dev.breakwater.payment;

import org.jspecify.annotations.NullMarked;
