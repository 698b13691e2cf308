/** The registry and the configuration server as a client sees them. */
@NullMarked
package dev.breakwater.discovery;

import org.jspecify.annotations.NullMarked;
