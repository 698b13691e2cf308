/**
 * What is known of each instance of a service, and whether it gets calls: latency, load, failures, ejection, slow
 * start.
 */
@NullMarked
package dev.breakwater.platform.loadbalancing.nodes;

import org.jspecify.annotations.NullMarked;
