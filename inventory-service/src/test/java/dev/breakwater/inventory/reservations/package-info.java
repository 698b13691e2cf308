/** Tests of the feature. */
@NullMarked
package dev.breakwater.inventory.reservations;

import org.jspecify.annotations.NullMarked;
