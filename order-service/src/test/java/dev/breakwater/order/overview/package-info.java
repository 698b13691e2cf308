@NullMarked
package dev.breakwater.order.overview;

import org.jspecify.annotations.NullMarked;
