/** Payments: each order's money is taken at most once, whatever fails in between, and given back when asked for. */
@NullMarked
package dev.breakwater.payment;

import org.jspecify.annotations.NullMarked;
