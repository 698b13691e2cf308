/** The bank channels over HTTP, and what their answers, or the lack of one, really say. */
@NullMarked
package dev.breakwater.payment.bank;

import org.jspecify.annotations.NullMarked;
