/** Tests of the harness. */
@NullMarked
package dev.breakwater.benchmarks;

import org.jspecify.annotations.NullMarked;
