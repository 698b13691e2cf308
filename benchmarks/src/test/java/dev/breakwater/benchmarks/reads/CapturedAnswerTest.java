package dev.breakwater.benchmarks.reads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapturedAnswerTest {

    @TempDir
    private Path folder = Path.of("");

    private final CapturedAnswer answer = answer(
            Map.of(
                    "Content-Type", "application/json",
                    "ETag", "\"7\"",
                    "Cache-Control", "public, max-age=1",
                    "X-Trace-Id", "0af7651916cd43dd8448eb211c80319c"),
            "{\"name\":\"Glühlampe: klein\"}");

    @Test
    void what_is_written_is_read_again() throws Exception {
        answer.write(folder);

        assertThat(CapturedAnswer.read(folder).isSameAs(answer)).isTrue();
    }

    @Test
    void the_bare_tomcat_answers_with_the_same_bytes_and_headers() throws Exception {
        var tomcat = BareTomcat.start(0, answer, folder);
        try {
            var given = CapturedAnswer.of(PageSide.page(tomcat.getConnector().getLocalPort()));

            assertThat(given.headers()).isEqualTo(answer.headers());
            assertThat(given.body()).isEqualTo(answer.body());
            assertThat(given.isSameAs(answer)).isTrue();
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    @Test
    void another_byte_or_header_makes_another_answer() {
        assertThat(answer.isSameAs(answer(answer.headers(), "{\"name\":\"Glühlampe: groß\"}")))
                .isFalse();
        assertThat(answer.isSameAs(answer(Map.of("ETag", "\"7\""), new String(answer.body(), UTF_8))))
                .isFalse();
    }

    @Test
    void the_names_of_header_fields_have_no_case() {
        var one = answer(Map.of("ETag", "\"7\""), "{}");

        assertThat(one.isSameAs(answer(Map.of("Etag", "\"7\""), "{}"))).isTrue();
    }

    private static CapturedAnswer answer(Map<String, String> headers, String body) {
        var sorted = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        return new CapturedAnswer(sorted, body.getBytes(UTF_8));
    }
}
