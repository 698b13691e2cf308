/** What is known of an instance, alone and under many threads. */
@NullMarked
package dev.breakwater.platform.loadbalancing.nodes;

import org.jspecify.annotations.NullMarked;
