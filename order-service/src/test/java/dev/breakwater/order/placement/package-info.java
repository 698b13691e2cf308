@NullMarked
package dev.breakwater.order.placement;

import org.jspecify.annotations.NullMarked;
