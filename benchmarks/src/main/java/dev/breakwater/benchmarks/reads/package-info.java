/** The read path: product pages as a client reads them, and the cache alone against what it promises. */
@NullMarked
package dev.breakwater.benchmarks.reads;

import org.jspecify.annotations.NullMarked;
