/** Tests of what the measurements of the read path are made of. */
@NullMarked
package dev.breakwater.benchmarks.reads;

import org.jspecify.annotations.NullMarked;
