/** The edge: what stands between a client and the service that answers it. */
@NullMarked
package dev.breakwater.benchmarks.edge;

import org.jspecify.annotations.NullMarked;
