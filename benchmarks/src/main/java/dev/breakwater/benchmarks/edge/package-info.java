/** A flood, and what is left of a service in it. */
@NullMarked
package dev.breakwater.benchmarks.edge;

import org.jspecify.annotations.NullMarked;
