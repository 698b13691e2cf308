/** The sentences about the code that can be checked. */
@NullMarked
package dev.breakwater.e2e.architecture;

import org.jspecify.annotations.NullMarked;
