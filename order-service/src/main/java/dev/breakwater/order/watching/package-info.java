/** Tells customers by push where their orders stand, from whichever instance they watch. */
@NullMarked
package dev.breakwater.order.watching;

import org.jspecify.annotations.NullMarked;
