/** Starts the suite, keeps it running, shows how it is and ends it without a trace. */
@NullMarked
package dev.breakwater.demo.launch;

import org.jspecify.annotations.NullMarked;
