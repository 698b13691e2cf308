/** A part of the suite is down at the moment of the call. */
@NullMarked
package dev.breakwater.e2e.outages;

import org.jspecify.annotations.NullMarked;
