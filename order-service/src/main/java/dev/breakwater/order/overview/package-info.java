/** All about an order in one answer: itself, its payment and its products, gathered side by side. */
@NullMarked
package dev.breakwater.order.overview;

import org.jspecify.annotations.NullMarked;
