@NullMarked
package dev.breakwater.order.pricing;

import org.jspecify.annotations.NullMarked;
