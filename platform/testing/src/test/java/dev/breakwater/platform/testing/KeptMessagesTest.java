package dev.breakwater.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KeptMessagesTest {

    static List<JsonNode> kept() {
        return KeptMessages.all();
    }

    /** Senders are held to the samples of today by their own tests. */
    @ParameterizedTest
    @MethodSource("kept")
    void todays_message_has_every_field_that_a_receiver_of_the_release_before_may_read(JsonNode kept) {
        var headers = kept.path("headers");
        var today = JsonMapper.shared()
                .readTree(Contracts.sample(
                        kept.path("topic").asString(),
                        headers.path("event-type").asString(),
                        headers.path("event-version").asInt()));
        var missing = new ArrayList<String>();
        compare("", kept.path("payload"), today, missing);
        assertThat(missing).isEmpty();
    }

    private static void compare(String path, JsonNode kept, JsonNode today, List<String> missing) {
        if (kept.getNodeType() != today.getNodeType()) {
            missing.add("%s was %s and is %s".formatted(path, kept.getNodeType(), today.getNodeType()));
            return;
        }
        kept.properties()
                .forEach(field ->
                        compare(path + "/" + field.getKey(), field.getValue(), today.path(field.getKey()), missing));
        if (kept.isArray() && !kept.isEmpty()) {
            compare(path + "/0", kept.path(0), today.path(0), missing);
        }
    }
}
