package dev.breakwater.platform.web.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.web.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ReadyAnswerFilterTest {

    private static final byte[] BODY = "{\"sku\":\"TEA\"}".getBytes(UTF_8);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ReadyAnswerFilter filter = new ReadyAnswerFilter(
            "/things/",
            "{sku}",
            name -> switch (name) {
                case "TEA" -> new ReadyAnswer("\"7\"", "application/json", "public, max-age=1", BODY);
                case "GONE", "GONE/stock" ->
                    new Ready.Refusal(ProblemException.notFound("thing_not_found", "There is no such thing."));
                default -> null;
            },
            meters);
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/things/TEA");
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final MockFilterChain chain = new MockFilterChain();

    @Test
    void what_is_ready_is_answered_without_the_rest_of_the_chain() throws Exception {
        request.addHeader("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        filter.doFilter(request, response, chain);
        assertThat(chain.getRequest()).isNull();
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsByteArray()).isEqualTo(BODY);
        assertThat(response.getHeader("ETag")).isEqualTo("\"7\"");
        assertThat(response.getHeader("Cache-Control")).isEqualTo("public, max-age=1");
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(response.getHeader("X-Trace-Id")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(response.getHeader("X-Response-Time")).matches("[0-9]+");
        assertThat(answered("200")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void a_malformed_trace_gets_an_id_of_its_own(String traceparent) throws Exception {
        request.addHeader("traceparent", traceparent);
        filter.doFilter(request, response, chain);
        assertThat(response.getHeader("X-Trace-Id")).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
        assertThat(traceparent).doesNotContain(Objects.requireNonNull(response.getHeader("X-Trace-Id")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"7\"", "W/\"7\"", "\"6\", \"7\"", "*", " * "})
    void who_has_this_version_is_told_so(String ifNoneMatch) throws Exception {
        request.addHeader("If-None-Match", ifNoneMatch);
        filter.doFilter(request, response, chain);
        assertThat(response.getStatus()).isEqualTo(304);
        assertThat(response.getContentAsByteArray()).isEmpty();
        assertThat(response.getHeader("ETag")).isEqualTo("\"7\"");
        assertThat(response.getHeader("Content-Length")).isNull();
        assertThat(answered("304")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"77\"", "\"6\"", "7", "\"17\""})
    void who_has_another_version_gets_this_one(String ifNoneMatch) throws Exception {
        request.addHeader("If-None-Match", ifNoneMatch);
        filter.doFilter(request, response, chain);
        assertThat(response.getStatus()).isEqualTo(200);
    }

    @Test
    void what_there_certainly_is_not_is_refused_at_once() throws Exception {
        var gone = new MockHttpServletRequest("GET", "/things/GONE");
        gone.addHeader("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        filter.doFilter(gone, response, chain);
        assertThat(chain.getRequest()).isNull();
        assertThat(response.getStatus()).isEqualTo(404);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(response.getHeader("X-Trace-Id")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(response.getContentAsString())
                .contains("thing_not_found")
                .contains("0af7651916cd43dd8448eb211c80319c");
        assertThat(answered("404")).isEqualTo(1);
    }

    @Test
    void what_stands_deeper_in_the_path_is_another_thing() throws Exception {
        var deeper = new MockHttpServletRequest("GET", "/things/GONE/stock");
        filter.doFilter(deeper, response, chain);
        assertThat(chain.getRequest()).isSameAs(deeper);
    }

    @Test
    void whatever_time_is_left_is_enough() throws Exception {
        request.addHeader("X-Request-Deadline-Ms", "5");
        filter.doFilter(request, response, chain);
        assertThat(response.getContentAsByteArray()).isEqualTo(BODY);
    }

    @Test
    void a_head_has_the_length_and_no_body() throws Exception {
        request.setMethod("HEAD");
        filter.doFilter(request, response, chain);
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentLength()).isEqualTo(BODY.length);
        assertThat(response.getContentAsByteArray()).isEmpty();
        assertThat(answered("HEAD", "200")).isEqualTo(1);
        assertThat(answered("200")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked",
                "Authorization: Bearer x",
                "X-Request-Deadline-Ms: 0",
                "X-Request-Deadline-Ms: soon",
                "Accept: image/png",
                "Accept: application/json;q=0"
            })
    void a_call_to_which_the_framework_has_something_to_say_goes_its_way(String header) throws Exception {
        request.addHeader(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2));
        filter.doFilter(request, response, chain);
        assertThat(chain.getRequest()).isSameAs(request);
    }

    @Test
    void so_do_writes_queries_and_what_is_not_ready() throws Exception {
        request.setMethod("PUT");
        filter.doFilter(request, response, chain);
        assertThat(chain.getRequest()).isSameAs(request);

        var query = new MockHttpServletRequest("GET", "/things/TEA");
        query.setQueryString("a=b");
        var second = new MockFilterChain();
        filter.doFilter(query, new MockHttpServletResponse(), second);
        assertThat(second.getRequest()).isSameAs(query);

        var withBody = new MockHttpServletRequest("GET", "/things/TEA");
        withBody.setContent(new byte[1]);
        var fourth = new MockFilterChain();
        filter.doFilter(withBody, new MockHttpServletResponse(), fourth);
        assertThat(fourth.getRequest()).isSameAs(withBody);

        var other = new MockHttpServletRequest("GET", "/things/CUP");
        var third = new MockFilterChain();
        filter.doFilter(other, new MockHttpServletResponse(), third);
        assertThat(third.getRequest()).isSameAs(other);
    }

    private long answered(String status) {
        return answered("GET", status);
    }

    private long answered(String method, String status) {
        return meters.get("http.server.requests")
                .tags("method", method, "status", status)
                .timer()
                .count();
    }
}
