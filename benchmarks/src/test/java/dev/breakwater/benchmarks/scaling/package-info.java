/** Tests of the simulated autoscaler. */
@NullMarked
package dev.breakwater.benchmarks.scaling;

import org.jspecify.annotations.NullMarked;
