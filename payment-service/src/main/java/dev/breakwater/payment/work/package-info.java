/** The calls to the bank: durable, picked up by any instance, never two at once for one payment. */
@NullMarked
package dev.breakwater.payment.work;

import org.jspecify.annotations.NullMarked;
