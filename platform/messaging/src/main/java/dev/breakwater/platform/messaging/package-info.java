/**
 * Events between services: at least once on the wire, exactly once in effect.
 *
 * <p>A sender writes its messages into the {@code outbox} table in the transaction of the change they tell of; the
 * relay publishes what was committed, in order per key. A receiver notes each message id in its {@code inbox} in the
 * transaction of the effect, so that a repeat changes nothing.
 */
@NullMarked
package dev.breakwater.platform.messaging;

import org.jspecify.annotations.NullMarked;
