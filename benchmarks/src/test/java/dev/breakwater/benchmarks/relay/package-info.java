/** The outboxes under test, on the real servers. */
@NullMarked
package dev.breakwater.benchmarks.relay;

import org.jspecify.annotations.NullMarked;
