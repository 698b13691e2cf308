package dev.breakwater.platform.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the release before sends, as it is on the wire: while a release is rolled out, its messages and today's are on
 * the same topics. The file is replaced as a whole when a release is made, and changed for no other reason.
 */
public final class KeptMessages {

    private static final String FILE = "/kept/messages.jsonl";

    private KeptMessages() {}

    /** One of each type that is sent to the topic. */
    public static List<ConsumerRecord<String, byte[]>> on(String topic) {
        return all().stream()
                .filter(message -> message.path("topic").asString().equals(topic))
                .map(KeptMessages::kafkaRecord)
                .toList();
    }

    static List<JsonNode> all() {
        try (var in = KeptMessages.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("There is no " + FILE);
            }
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .map(line -> (JsonNode) JsonMapper.shared().readTree(line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConsumerRecord<String, byte[]> kafkaRecord(JsonNode message) {
        var kept = new ConsumerRecord<>(
                message.path("topic").asString(),
                0,
                0L,
                message.path("key").asString(),
                JsonMapper.shared().writeValueAsBytes(message.path("payload")));
        message.path("headers")
                .properties()
                .forEach(header -> kept.headers()
                        .add(header.getKey(), header.getValue().asString().getBytes(UTF_8)));
        return kept;
    }
}
