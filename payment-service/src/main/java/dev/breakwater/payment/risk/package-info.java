/** The rules that keep a payment from ever reaching the bank. */
@NullMarked
package dev.breakwater.payment.risk;

import org.jspecify.annotations.NullMarked;
