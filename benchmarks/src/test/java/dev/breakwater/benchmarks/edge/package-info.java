@NullMarked
package dev.breakwater.benchmarks.edge;

import org.jspecify.annotations.NullMarked;
