/**
 * Limits at the edge: how many calls a time of everybody, of one customer, or from one address go on. Judged before
 * anything else that costs something, for all gateways together, and by each alone while Redis is away.
 */
@NullMarked
package dev.breakwater.gateway.limits;

import org.jspecify.annotations.NullMarked;
