@NullMarked
package dev.breakwater.order.intake;

import org.jspecify.annotations.NullMarked;
