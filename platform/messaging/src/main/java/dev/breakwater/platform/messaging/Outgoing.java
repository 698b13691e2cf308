package dev.breakwater.platform.messaging;

import org.jspecify.annotations.Nullable;

/**
 * A message to be sent.
 *
 * @param key messages with one key arrive in the order in which their transactions committed
 * @param payload a record, sent as JSON
 * @param traceparent the trace it belongs to; null for the current one
 */
public record Outgoing(
        String topic,
        String key,
        String type,
        int version,
        Object payload,
        @Nullable String traceparent) {

    public Outgoing(String topic, String key, String type, int version, Object payload) {
        this(topic, key, type, version, payload, null);
    }

    /** The same as part of the trace of what it answers: in a batch, each record has its own. */
    public Outgoing causedBy(Message cause) {
        return inTrace(cause.traceparent());
    }

    /** The same as part of a given trace; null for the current one. */
    public Outgoing inTrace(@Nullable String otherTraceparent) {
        return new Outgoing(topic, key, type, version, payload, otherTraceparent);
    }
}
