/** Tests of the feature. */
@NullMarked
package dev.breakwater.inventory.products;

import org.jspecify.annotations.NullMarked;
