/** Products, their stock and what is reserved of it. */
@NullMarked
package dev.breakwater.inventory;

import org.jspecify.annotations.NullMarked;
