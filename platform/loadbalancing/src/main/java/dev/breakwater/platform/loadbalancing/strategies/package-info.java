/** The strategies, each an algorithm over nodes, without Spring. */
@NullMarked
package dev.breakwater.platform.loadbalancing.strategies;

import org.jspecify.annotations.NullMarked;
