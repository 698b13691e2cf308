/**
 * How many calls a time are let through: by one instance alone, or by several that take from one bucket and hold a few
 * of its tokens ahead.
 */
@NullMarked
package dev.breakwater.platform.overload.rate;

import org.jspecify.annotations.NullMarked;
