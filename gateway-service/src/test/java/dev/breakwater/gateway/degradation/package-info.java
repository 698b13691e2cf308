/** The degradation plan. */
@NullMarked
package dev.breakwater.gateway.degradation;

import org.jspecify.annotations.NullMarked;
