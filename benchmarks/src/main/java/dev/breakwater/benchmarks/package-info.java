/** The harness: two ways of doing one thing, measured by turns in one run on real servers. */
@NullMarked
package dev.breakwater.benchmarks;

import org.jspecify.annotations.NullMarked;
