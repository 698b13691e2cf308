package dev.breakwater.platform.web;

import static dev.breakwater.platform.web.Calls.alice;
import static dev.breakwater.platform.web.Calls.assertProblem;
import static dev.breakwater.platform.web.Calls.post;
import static dev.breakwater.platform.web.Calls.raw;
import static dev.breakwater.platform.web.Calls.request;
import static dev.breakwater.platform.web.Calls.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
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
    void deep_nesting_is_refused_without_being_read() throws Exception {
        assertThat(post(port, "{\"names\": " + "[".repeat(30_000) + "]".repeat(30_000) + "}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_body_over_the_limit_is_413_announced_or_not() throws Exception {
        var big = new byte[10 * 1024 * 1024];
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
        var nameless = request(port, "/items")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(big));
        assertProblem(send(nameless), 401, "unauthorized");
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
