/** The way of a call through the edge: its route, its deadline, the instance that answers it. */
@NullMarked
package dev.breakwater.gateway.routing;

import org.jspecify.annotations.NullMarked;
