/** Loads what will be asked for before anybody asks: at the start, before this instance is ready, and when told to. */
@NullMarked
package dev.breakwater.inventory.preheating;

import org.jspecify.annotations.NullMarked;
