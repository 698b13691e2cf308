/** The degradation plan: which features are given up first when there is too much to do. */
@NullMarked
package dev.breakwater.gateway.degradation;

import org.jspecify.annotations.NullMarked;
