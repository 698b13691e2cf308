/**
 * The door of a flash sale: what cannot be had any more is said from memory, one atomic step in Redis takes a place,
 * and the order is answered when Kafka has it. Redis is the doorman and never the ledger: what it let in beyond the
 * stock ends as rejected, and what it forgot is built anew from the ledger and the topic.
 */
@NullMarked
package dev.breakwater.order.flashsale;

import org.jspecify.annotations.NullMarked;
