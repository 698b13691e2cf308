/** Flash sales over HTTP, on the real database. */
@NullMarked
package dev.breakwater.inventory.flashsales;

import org.jspecify.annotations.NullMarked;
