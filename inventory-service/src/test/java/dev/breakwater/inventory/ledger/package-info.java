/** Tests of the feature. */
@NullMarked
package dev.breakwater.inventory.ledger;

import org.jspecify.annotations.NullMarked;
