package dev.breakwater.platform.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.breakwater.platform.web.exchange.RequestDeadline;
import io.micrometer.tracing.Tracer;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;

class CallDeadlineTest extends RemoteTest {

    @Autowired
    private Tracer tracer;

    @Test
    void each_call_is_told_what_is_left_of_its_callers_time() {
        of("single").item("lamp");
        CallDeadline.in(Duration.ofMillis(500)).during(() -> of("single").item("lamp"));

        var told = FIRST.findAll(anyRequestedFor(anyUrl())).stream()
                .map(request -> Integer.parseInt(request.getHeader(RequestDeadline.HEADER)))
                .sorted()
                .toList();
        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).isBetween(1, 500);
        // The longest of one request, where nobody says less.
        assertThat(told.getLast()).isBetween(501, 600);
    }

    @Test
    void a_call_ends_with_its_callers_time_even_in_the_middle_of_an_answer() {
        FIRST.stubFor(any(anyUrl())
                .willReturn(okJson("{\"name\": \"%s\"}".formatted("x".repeat(10_000)))
                        .withChunkedDribbleDelay(20, 4_000)));
        var deadline = CallDeadline.in(Duration.ofMillis(400));
        var began = System.nanoTime();

        assertThatExceptionOfType(RestClientException.class)
                .isThrownBy(() -> deadline.during(() -> of("single").item("lamp")));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(1_500));
    }

    @Test
    void nobody_is_called_when_nothing_is_left() {
        assertThatExceptionOfType(ResourceAccessException.class)
                .isThrownBy(() ->
                        CallDeadline.in(Duration.ZERO).during(() -> of("single").item("lamp")));

        assertThat(asked(FIRST)).isZero();
    }

    @Test
    void the_trace_goes_along_through_breaker_and_balancer() {
        var span = tracer.nextSpan().start();
        try (var _ = tracer.withSpan(span)) {
            calls.call("traced", () -> of("two").item("lamp"));
        } finally {
            span.end();
        }

        var received = new ArrayList<>(FIRST.findAll(anyRequestedFor(anyUrl())));
        received.addAll(SECOND.findAll(anyRequestedFor(anyUrl())));
        assertThat(received).hasSize(1);
        assertThat(received.getFirst().getHeader("traceparent"))
                .contains(span.context().traceId());
    }
}
