/** The measurements, each run in a JVM of its own that is as large and as well compiled as a measurement needs. */
@NullMarked
package dev.breakwater.demo.bench;

import org.jspecify.annotations.NullMarked;
