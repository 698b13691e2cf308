/** How services find each other, and what those who look for this instance are told of it. */
@NullMarked
package dev.breakwater.platform.discovery;

import org.jspecify.annotations.NullMarked;
