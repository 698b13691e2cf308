/** Services and other servers as processes of their own, and the order API called as a client calls it. */
@NullMarked
package dev.breakwater.benchmarks.http;

import org.jspecify.annotations.NullMarked;
