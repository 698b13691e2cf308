/** Customers look at their payments. */
@NullMarked
package dev.breakwater.payment.view;

import org.jspecify.annotations.NullMarked;
