/** Tests of the feature. */
@NullMarked
package dev.breakwater.inventory.stock;

import org.jspecify.annotations.NullMarked;
