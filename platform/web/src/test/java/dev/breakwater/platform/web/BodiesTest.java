package dev.breakwater.platform.web;

import static dev.breakwater.platform.web.Calls.alice;
import static dev.breakwater.platform.web.Calls.assertProblem;
import static dev.breakwater.platform.web.Calls.post;
import static dev.breakwater.platform.web.Calls.raw;
import static dev.breakwater.platform.web.Calls.request;
import static dev.breakwater.platform.web.Calls.send;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class BodiesTest {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "nonsense",
                "{\"count\": 1, \"names\": [\"a\"]} trailing",
                "{\"count\": 1, \"count\": 2, \"names\": [\"a\"]}",
                "{\"count\": \"1\", \"names\": [\"a\"]}",
                "{\"count\": 1.5, \"names\": [\"a\"]}",
                "{\"count\": 1e3, \"names\": [\"a\"]}",
                "{\"count\": 99999999999999999999, \"names\": [\"a\"]}",
                "{\"count\": null, \"names\": [\"a\"]}",
                "{\"count\": true, \"names\": [\"a\"]}",
                "{\"count\": 0, \"names\": [\"a\"]}",
                "{\"count\": 1, \"names\": []}",
                "{\"count\": 1, \"names\": [\"a\"], \"other\": 1}"
            })
    void json_that_is_not_what_the_call_takes_is_a_400(String body) throws Exception {
        var answer = post(port, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void a_field_error_names_the_field() throws Exception {
        assertThat(post(port, "{\"count\": 0, \"names\": [\"a\"]}").body()).contains("\"field\":\"count\"");
        assertThat(post(port, "{\"count\": 2147483648, \"names\": [\"a\"]}").body())
                .contains("\"field\":\"count\"");
        assertThat(post(port, "{\"count\": 1, \"names\": [{}]}").body()).contains("\"field\":\"names[0]\"");
        assertThat(post(port, "{\"count\": 1, \"names\": [\"a\"], \"other\": 1}")
                        .body())
                .contains("\"field\":\"other\"");
    }

    @Test
    void json_may_be_twenty_levels_deep_and_not_one_more() throws Exception {
        assertThat(loose(19).statusCode()).isEqualTo(200);
        assertThat(loose(20).statusCode()).isEqualTo(400);
        assertThat(loose(30_000).statusCode()).isEqualTo(400);
    }

    /** A body that is as it should be, but for its depth. */
    private HttpResponse<String> loose(int levelsBelow) throws Exception {
        return send(request(port, "/loose")
                .header("Content-Type", "application/json")
                .header("Authorization", alice())
                .POST(BodyPublishers.ofString(
                        "{\"value\": " + "[".repeat(levelsBelow) + "1" + "]".repeat(levelsBelow) + "}")));
    }

    @Test
    void a_body_over_the_limit_is_413_announced_or_not() throws Exception {
        var big = new byte[3 * 512 * 1024];
        var announced = request(port, "/items")
                .header("Content-Type", "application/json")
                .header("Authorization", alice())
                .POST(BodyPublishers.ofByteArray(big));
        assertProblem(send(announced), 413, "body_too_large");
        var text = "{\"names\": [\"" + "x".repeat(100_000) + "\"]}";
        var chunked = request(port, "/items")
                .header("Content-Type", "application/json")
                .header("Authorization", alice())
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(text)));
        assertProblem(send(chunked), 413, "body_too_large");
        // The rest of a chunk is no second request.
        assertThat(raw(
                        port,
                        "POST /items HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n"
                                + "GET /open HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401")
                .containsOnlyOnce("HTTP/1.1 200")
                .endsWith("open");
        var nameless = request(port, "/items")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(big));
        assertProblem(send(nameless), 401, "unauthorized");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_left_of_a_refused_body_is_waited_for_once_and_not_for_each_byte(boolean isSignedIn) throws Exception {
        var head = "POST /items HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n"
                + (isSignedIn ? "Authorization: " + alice() + "\r\n" : "");
        try (var socket = new Socket("localhost", port)) {
            var out = socket.getOutputStream();
            out.write((head + "\r\n").getBytes(US_ASCII));
            var answer = new String(socket.getInputStream().readNBytes(12), US_ASCII);
            assertThat(answer).isEqualTo(isSignedIn ? "HTTP/1.1 413" : "HTTP/1.1 401");

            await().pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> {
                        try {
                            out.write('x');
                            return false;
                        } catch (IOException e) {
                            return true;
                        }
                    });
        }
    }

    @Test
    void a_body_that_does_not_arrive_is_a_timeout_of_the_client() throws Exception {
        var answer = raw(
                port,
                "POST /items HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: " + alice()
                        + "\r\nContent-Length: 100\r\n\r\n{\"name\"");
        assertThat(answer).startsWith("HTTP/1.1 408").contains("\"request_timeout\"");
    }
}
