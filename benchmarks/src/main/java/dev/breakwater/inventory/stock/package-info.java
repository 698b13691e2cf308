/** What a benchmark needs of the package that is measured: its classes are for the service's own eyes. */
@NullMarked
package dev.breakwater.inventory.stock;

import org.jspecify.annotations.NullMarked;
