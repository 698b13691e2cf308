/** Tests of the feature. */
@NullMarked
package dev.breakwater.inventory.catalogue;

import org.jspecify.annotations.NullMarked;
