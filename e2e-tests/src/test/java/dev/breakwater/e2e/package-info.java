/** Black-box tests over the whole running suite. */
@NullMarked
package dev.breakwater.e2e;

import org.jspecify.annotations.NullMarked;
