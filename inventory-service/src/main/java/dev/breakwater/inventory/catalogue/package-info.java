/** The demo's products: ten thousand of them, the same every time, so that there is something to buy. */
@NullMarked
package dev.breakwater.inventory.catalogue;

import org.jspecify.annotations.NullMarked;
