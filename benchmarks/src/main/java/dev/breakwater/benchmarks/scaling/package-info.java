/** How the number of pods follows a rush: the autoscaler's algorithm with our settings, over simulated pods. */
@NullMarked
package dev.breakwater.benchmarks.scaling;

import org.jspecify.annotations.NullMarked;
