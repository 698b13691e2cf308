/** Refunds of charges, one a key and channel, never more than was charged. */
@NullMarked
package dev.breakwater.bank.refund;

import org.jspecify.annotations.NullMarked;
