/** The edge of the suite: everything that a client calls comes in here. */
@NullMarked
package dev.breakwater.gateway;

import org.jspecify.annotations.NullMarked;
