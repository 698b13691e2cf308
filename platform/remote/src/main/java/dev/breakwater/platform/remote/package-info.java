/**
 * What stands between a service and those it calls: deadline, breaker, bulkhead, and one more try on the next instance.
 */
@NullMarked
package dev.breakwater.platform.remote;

import org.jspecify.annotations.NullMarked;
