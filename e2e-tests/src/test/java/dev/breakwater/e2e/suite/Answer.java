package dev.breakwater.e2e.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back for a request. */
public record Answer(int status, HttpHeaders headers, String text) {

    /** The header's value, or "" without one. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public JsonNode json() {
        return JsonMapper.shared().readTree(text);
    }

    /** The text of a field, or "". */
    public String text(String field) {
        return json().path(field).asString("");
    }

    /** The number in a field; fails when there is none. */
    public long number(String field) {
        var node = json().path(field);
        assertThat(node.isIntegralNumber())
                .as("%s is a whole number in %s", field, text)
                .isTrue();
        return node.asLong();
    }

    /** Fails unless it has the status. */
    public Answer expect(int expected) {
        assertThat(status).as(text).isEqualTo(expected);
        return this;
    }

    /** Fails unless it is the contract's problem of that code, complete in header and body. */
    public Answer expectProblem(int expected, String code) {
        assertThat(status).as(text).isEqualTo(expected);
        assertThat(header("Content-Type")).startsWith("application/problem+json");
        var problem = json();
        assertThat(problem.path("code").asString("")).as(text).isEqualTo(code);
        assertThat(problem.path("status").asInt(0)).isEqualTo(expected);
        for (var field : new String[] {"type", "title", "detail", "instance"}) {
            assertThat(problem.path(field).isString())
                    .as("%s in %s", field, text)
                    .isTrue();
        }
        assertThat(problem.path("traceId").asString("")).matches("[0-9a-f]{32}").isEqualTo(header("X-Trace-Id"));
        assertThat(header("X-Response-Time")).matches("[0-9]+");
        if (expected == 503 || expected == 429) {
            assertThat(header("Retry-After")).matches("[1-9][0-9]*");
        }
        if (expected == 401) {
            assertThat(header("WWW-Authenticate")).startsWith("Bearer");
        }
        return this;
    }

    /** The message of each field that is wrong. */
    public Map<String, String> fieldErrors() {
        var errors = new TreeMap<String, String>();
        json().path("errors")
                .forEach(error -> errors.put(
                        error.path("field").asString(""), error.path("message").asString("")));
        return errors;
    }
}
