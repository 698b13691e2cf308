/**
 * Parallel calls of a dependency whose latency changes in mid-run: fixed numbers of workers against a limit that
 * adapts.
 */
@NullMarked
package dev.breakwater.benchmarks.workers;

import org.jspecify.annotations.NullMarked;
