/**
 * Load balancing for any Spring Cloud project: the strategy of each client is a property, and what is known of each
 * instance decides with it. Depend on the module, set {@code breakwater.loadbalancing.clients.<service>.strategy}.
 */
@NullMarked
package dev.breakwater.platform.loadbalancing;

import org.jspecify.annotations.NullMarked;
