@NullMarked
package dev.breakwater.order.watching;

import org.jspecify.annotations.NullMarked;
