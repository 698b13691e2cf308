/** What customers may see of their orders. */
@NullMarked
package dev.breakwater.order.tracking;

import org.jspecify.annotations.NullMarked;
