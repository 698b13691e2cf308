package dev.breakwater.platform.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

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

    private static final JsonMapper JSON = JsonMapper.builder().build();

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

    /**
     * As it goes over the wire, for whoever writes nothing with it and so needs no outbox.
     *
     * @param id by which a receiver knows a repeat
     */
    public ProducerRecord<String, byte[]> toRecord(UUID id) {
        var sent = new ProducerRecord<>(topic, key, JSON.writeValueAsBytes(payload));
        header(sent, Headers.EVENT_ID, id.toString());
        header(sent, Headers.TYPE, type);
        header(sent, Headers.VERSION, Integer.toString(version));
        if (traceparent != null) {
            header(sent, Headers.TRACEPARENT, traceparent);
        }
        return sent;
    }

    private static void header(ProducerRecord<String, byte[]> sent, String name, String value) {
        sent.headers().add(name, value.getBytes(UTF_8));
    }
}
