@NullMarked
package dev.breakwater.order.saga;

import org.jspecify.annotations.NullMarked;
