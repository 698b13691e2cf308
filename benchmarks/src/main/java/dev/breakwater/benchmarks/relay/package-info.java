/**
 * Outboxes side by side: the same messages, stored and committed, until Kafka has acknowledged all and the table is
 * empty.
 */
@NullMarked
package dev.breakwater.benchmarks.relay;

import org.jspecify.annotations.NullMarked;
