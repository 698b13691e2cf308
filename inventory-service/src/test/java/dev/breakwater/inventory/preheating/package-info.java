/** Tests of what is loaded before anybody asks. */
@NullMarked
package dev.breakwater.inventory.preheating;

import org.jspecify.annotations.NullMarked;
