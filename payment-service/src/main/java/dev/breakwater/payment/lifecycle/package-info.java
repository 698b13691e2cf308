/**
 * What a payment is, the states it passes, and how each step is written: row, attempt, message and figures in one
 * transaction.
 */
@NullMarked
package dev.breakwater.payment.lifecycle;

import org.jspecify.annotations.NullMarked;
