@NullMarked
package dev.breakwater.benchmarks.workers;

import org.jspecify.annotations.NullMarked;
