/** The order API of a running order-service, called as a client calls it. */
@NullMarked
package dev.breakwater.benchmarks.http;

import org.jspecify.annotations.NullMarked;
