package dev.breakwater.platform.web;

import static dev.breakwater.platform.web.Calls.alice;
import static dev.breakwater.platform.web.Calls.assertProblem;
import static dev.breakwater.platform.web.Calls.raw;
import static dev.breakwater.platform.web.Calls.request;
import static dev.breakwater.platform.web.Calls.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class AnswersTest {

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @Test
    void an_answer_bears_a_trace_id_and_its_time() throws Exception {
        var answer = send(request(port, "/open")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("X-Trace-Id")).containsExactly("0af7651916cd43dd8448eb211c80319c");
        assertThat(answer.headers().firstValue("X-Response-Time").orElseThrow()).matches("[0-9]+");
    }

    @Test
    void every_answer_asks_a_browser_to_be_careful_with_it_whoever_gives_it() throws Exception {
        for (var path : List.of("/open", "/who", "/a;b=c", "/broken", "/passed-on", "/nothing%2F")) {
            var answer = raw(
                    port,
                    "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: " + alice()
                            + "\r\n\r\n");
            var lines = answer.lines().map(line -> line.toLowerCase(Locale.ROOT));
            assertThat(lines)
                    .as(path)
                    .containsOnlyOnce(
                            "x-content-type-options: nosniff", "x-frame-options: deny", "x-xss-protection: 0");
        }
        assertThat(send(request(port, "/who")).headers().allValues("X-Frame-Options"))
                .containsExactly("DENY");
    }

    @Test
    void what_does_not_say_how_long_it_may_be_kept_is_not_kept() throws Exception {
        assertThat(send(request(port, "/who").header("Authorization", alice()))
                        .headers()
                        .allValues("Cache-Control"))
                .containsExactly("no-store");
    }

    @Test
    void each_request_has_a_virtual_thread() throws Exception {
        assertThat(send(request(port, "/thread").header("Authorization", alice()))
                        .body())
                .isEqualTo("virtual");
    }

    @Test
    void an_unforeseen_exception_is_an_internal_error_that_tells_nothing() throws Exception {
        var answer = send(request(port, "/broken").header("Authorization", alice()));
        assertProblem(answer, 500, "internal_error");
        assertThat(answer.body()).doesNotContain("secret detail").doesNotContain("at dev.");
    }

    @Test
    void method_and_media_types_are_answered_in_kind() throws Exception {
        var token = alice();
        var wrongMethod =
                send(request(port, "/items").header("Authorization", token).DELETE());
        assertProblem(wrongMethod, 405, "method_not_allowed");
        assertThat(wrongMethod.headers().firstValue("Allow")).contains("POST");
        assertProblem(
                send(request(port, "/items")
                        .header("Authorization", token)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("x"))),
                415,
                "unsupported_media_type");
        assertProblem(send(request(port, "/open").header("Accept", "image/png")), 406, "not_acceptable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /open|pipe HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a%00b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a%2Fb HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/../../etc HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a;b=c HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /open HTTP/1.1\r\n\r\n",
                "NONSENSE\r\n\r\n"
            })
    void a_request_that_the_container_refuses_is_a_problem_too(String request) throws Exception {
        var answer = raw(port, request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        assertThat(answer)
                .startsWith("HTTP/1.1 40")
                .contains("application/problem+json")
                .contains("\"traceId\"");
        assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("<html");
    }

    @Test
    void the_actuator_has_a_port_of_its_own_and_shows_three_things() throws Exception {
        assertThat(actuator("health/liveness")).contains("UP");
        assertThat(actuator("health/readiness")).contains("UP");
        assertThat(actuator("prometheus")).contains("jvm_");
        assertThat(actuator("env")).contains("unauthorized");
        assertThat(send(request(port, "/actuator/health")).statusCode()).isEqualTo(401);
    }

    private String actuator(String endpoint) throws IOException, InterruptedException {
        return send(request(managementPort, "/actuator/" + endpoint)).body();
    }
}
