/** Tests over the whole service. */
@NullMarked
package dev.breakwater.inventory;

import org.jspecify.annotations.NullMarked;
