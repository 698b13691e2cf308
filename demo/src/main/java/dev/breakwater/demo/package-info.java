/** The command line behind {@code ./breakwater}. */
@NullMarked
package dev.breakwater.demo;

import org.jspecify.annotations.NullMarked;
