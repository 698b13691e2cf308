/** What is sold: written by admins, read by everybody, and announced to the other services with every change. */
@NullMarked
package dev.breakwater.inventory.products;

import org.jspecify.annotations.NullMarked;
