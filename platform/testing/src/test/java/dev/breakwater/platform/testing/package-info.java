/** The tests' own equipment, tested. */
@NullMarked
package dev.breakwater.platform.testing;

import org.jspecify.annotations.NullMarked;
