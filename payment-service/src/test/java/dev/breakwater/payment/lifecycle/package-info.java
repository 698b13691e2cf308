/** The state machine and its messages without Spring. */
@NullMarked
package dev.breakwater.payment.lifecycle;

import org.jspecify.annotations.NullMarked;
