/** The running suite and the shop it serves, as tests reach them: by the command line and by HTTP. */
@NullMarked
package dev.breakwater.e2e.suite;

import org.jspecify.annotations.NullMarked;
