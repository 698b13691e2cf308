@NullMarked
package dev.breakwater.order.flashsale;

import org.jspecify.annotations.NullMarked;
