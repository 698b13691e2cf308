/** Load balancing as Spring and its users see it. */
@NullMarked
package dev.breakwater.platform.loadbalancing;

import org.jspecify.annotations.NullMarked;
