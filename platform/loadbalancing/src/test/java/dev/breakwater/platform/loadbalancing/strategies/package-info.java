/** The strategies in simulated time. */
@NullMarked
package dev.breakwater.platform.loadbalancing.strategies;

import org.jspecify.annotations.NullMarked;
