package dev.breakwater.platform.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The names of what stands beside a payload on the wire; values are UTF-8 text. */
final class Headers {

    static final String EVENT_ID = "event-id";
    static final String TYPE = "event-type";
    static final String VERSION = "event-version";
    static final String TRACEPARENT = "traceparent";

    static final String DEAD_TOPIC = "dead-letter-topic";
    static final String DEAD_CAUSE = "dead-letter-cause";

    private Headers() {}

    static @Nullable String text(ConsumerRecord<?, ?> kafkaRecord, String name) {
        var header = kafkaRecord.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }
}
