package dev.breakwater.platform.messaging;

import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message as it arrived.
 *
 * @param id the same in every delivery of this message
 * @param traceparent the W3C trace context of what caused it
 */
@SuppressWarnings("ArrayRecordComponent") // carried from the wire to the decoder, never compared
public record Message(
        UUID id,
        String topic,
        String key,
        String type,
        int version,
        byte[] payload,
        @Nullable String traceparent) {

    /** Ignores fields that it does not know: a sender may add some. */
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @throws InvalidMessageException when the record lacks what makes it a message of the suite */
    public static Message of(ConsumerRecord<String, byte[]> kafkaRecord) {
        var id = Headers.text(kafkaRecord, Headers.EVENT_ID);
        var type = Headers.text(kafkaRecord, Headers.TYPE);
        var version = Headers.text(kafkaRecord, Headers.VERSION);
        if (id == null || type == null || version == null || kafkaRecord.key() == null || kafkaRecord.value() == null) {
            throw new InvalidMessageException(
                    "a key, a payload, event-id, event-type or event-version is missing", null);
        }
        try {
            return new Message(
                    UUID.fromString(id),
                    kafkaRecord.topic(),
                    kafkaRecord.key(),
                    type,
                    Integer.parseInt(version),
                    kafkaRecord.value(),
                    Headers.text(kafkaRecord, Headers.TRACEPARENT));
        } catch (IllegalArgumentException e) {
            throw new InvalidMessageException("event-id or event-version is malformed", e);
        }
    }

    /** @throws InvalidMessageException when the payload is not one of that type */
    public <T> T as(Class<T> payloadType) {
        try {
            var value = JSON.readValue(payload, payloadType);
            if (value == null) {
                throw new InvalidMessageException(type + " is null", null);
            }
            return value;
        } catch (JacksonException e) {
            throw new InvalidMessageException(type + " cannot be decoded: " + e.getOriginalMessage(), e);
        }
    }
}
