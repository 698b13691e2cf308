package dev.breakwater.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.gateway.StubService;
import dev.breakwater.gateway.StubService.Answer;
import dev.breakwater.platform.testing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest extends GatewayUnderTest {

    @Test
    void each_call_reaches_the_service_that_answers_it() {
        send(asAlice("/api/v1/orders?limit=2"));
        send(asAlice("/api/v1/orders/0199/cancel").POST(BodyPublishers.noBody()));
        send(request("/api/v1/products"));
        send(request("/api/v1/products/SKU-1"));
        send(asAlice("/api/v1/products/SKU-1/stock"));
        send(asAlice("/api/v1/payments/0199"));

        assertThat(ORDERS.asked())
                .extracting(StubService.Asked::method, StubService.Asked::uri)
                .containsExactly(tuple("GET", "/api/v1/orders?limit=2"), tuple("POST", "/api/v1/orders/0199/cancel"));
        assertThat(INVENTORY.asked())
                .extracting(StubService.Asked::uri)
                .containsExactly("/api/v1/products", "/api/v1/products/SKU-1", "/api/v1/products/SKU-1/stock");
        assertThat(PAYMENTS.asked()).extracting(StubService.Asked::uri).containsExactly("/api/v1/payments/0199");
    }

    @Test
    void status_headers_and_body_of_the_answer_come_back_as_they_are() {
        ORDERS.answers(question -> new Answer(
                202,
                "{\"id\":\"0199\"}",
                Map.of("Content-Type", "application/json", "Location", "/api/v1/orders/0199", "ETag", "\"7\"")));

        var answer = send(json(asAlice("/api/v1/orders").header("Idempotency-Key", "k1"), "{\"items\":[]}"));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"id\":\"0199\"}");
        assertThat(answer.headers().firstValue("Location")).contains("/api/v1/orders/0199");
        assertThat(answer.headers().firstValue("ETag")).contains("\"7\"");
        assertThat(ORDERS.lastAsked().body()).isEqualTo("{\"items\":[]}");
        assertThat(ORDERS.lastAsked().header("Idempotency-Key")).isEqualTo("k1");
        assertThat(ORDERS.lastAsked().header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void a_path_and_a_query_are_passed_on_as_they_came() {
        send(request("/api/v1/products/a%20b%C3%A4?category=x%2Fy%26z&limit=5&limit=6&empty="));

        assertThat(INVENTORY.lastAsked().uri())
                .isEqualTo("/api/v1/products/a%20b%C3%A4?category=x%2Fy%26z&limit=5&limit=6&empty=");
    }

    @Test
    void a_head_and_a_304_pass_without_a_body() {
        INVENTORY.answers(question -> question.header("If-None-Match") == null
                ? new Answer(200, "{}", Map.of("Content-Type", "application/json"))
                : new Answer(304, "", Map.of("ETag", "\"7\"")));

        assertThat(send(request("/api/v1/products").HEAD()).statusCode()).isEqualTo(200);
        assertThat(INVENTORY.lastAsked().method()).isEqualTo("HEAD");
        var notModified = send(request("/api/v1/products").header("If-None-Match", "\"7\""));
        assertThat(notModified.statusCode()).isEqualTo(304);
        assertThat(notModified.headers().allValues("ETag")).containsExactly("\"7\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/products/a%2Fb",
                "/api/v1/products/..%2f..%2finternal/ledger",
                "/api/v1/products/%2e%2e/orders",
                "/api/v1/products/a;b=c",
                "/api/v1//products",
                "/api/v1/products/a%00b",
                "/api/v1/products/a%5Cb",
                "/api/v1/products/%zz",
                "/api/v1/products?category=%zz",
                "/api/v1/products?category=a|b"
            })
    void a_path_of_a_bad_shape_is_a_problem_and_goes_nowhere(String path) throws IOException {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "\"code\":\"malformed_request\"");
        assertThat(INVENTORY.asked()).isEmpty();
        assertThat(ORDERS.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/ledger",
                "/prices/SKU-000001",
                "/actuator/health",
                "/api/v1/internal/ledger",
                "/api/v1/flash-sales/1/stock",
                "/api/v2/orders",
                "/eureka/apps",
                "/"
            })
    void what_no_route_names_is_not_found_not_even_for_an_admin(String path) {
        var answer = send(asAdmin(path));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"not_found\"");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/orders",
        "POST, /api/v1/orders",
        "GET, /api/v1/products/S/stock",
        "PUT, /api/v1/products/S",
        "POST, /api/v1/products/S/stock",
        "POST, /api/v1/flash-sales",
        "GET, /api/v1/payments/1",
        "GET, /api/v1/audit",
        "GET, /nothing"
    })
    void without_a_token_only_reading_products_is_allowed(String method, String path) {
        var answer = send(request(path).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.body()).contains("\"code\":\"unauthorized\"");
        assertThat(ORDERS.asked()).isEmpty();
        assertThat(INVENTORY.asked()).isEmpty();
    }

    @Test
    void a_token_that_must_not_be_believed_stops_at_the_edge() {
        for (var token : List.of(
                TestTokens.expired("alice"),
                TestTokens.unsigned("alice"),
                TestTokens.wrongIssuer("alice"),
                TestTokens.wrongAudience("alice"),
                TestTokens.signedByAStranger("alice"),
                TestTokens.signedWithThePublicKey("alice"))) {
            var answer = send(request("/api/v1/orders").header("Authorization", "Bearer " + token));

            assertThat(answer.statusCode()).isEqualTo(401);
        }
        assertThat(ORDERS.asked()).isEmpty();
    }

    @Test
    void a_good_token_is_passed_on_for_the_service_to_verify_again() {
        var token = TestTokens.customer("alice");

        send(request("/api/v1/orders").header("Authorization", "Bearer " + token));

        assertThat(ORDERS.lastAsked().header("Authorization")).isEqualTo("Bearer " + token);
    }

    @Test
    void headers_of_the_connection_and_headers_that_could_name_somebody_stay_outside() throws IOException {
        raw(
                "GET /api/v1/orders HTTP/1.1\r\nHost: evil.example\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nTE: trailers\r\n"
                        + "X-User: bob\r\nX-Customer-Id: bob\r\nX-Forwarded-For: 1.2.3.4\r\nForwarded: for=1.2.3.4\r\n"
                        + "X-Trace-Id: mine\r\nCookie: customer=bob\r\nAuthorization: Bearer "
                        + TestTokens.customer("alice")
                        + "\r\n\r\n");

        var asked = ORDERS.lastAsked();
        for (var name : List.of(
                "X-Hop", "TE", "X-User", "X-Customer-Id", "X-Forwarded-For", "Forwarded", "X-Trace-Id", "Cookie")) {
            assertThat(asked.header(name)).as(name).isNull();
        }
        assertThat(asked.header("Host")).startsWith("127.0.0.1:");
    }

    @Test
    void trace_id_and_response_time_are_said_once_and_by_the_gateway() {
        ORDERS.answers(question -> new Answer(
                200, "{}", Map.of("X-Trace-Id", "theirs", "X-Response-Time", "99999", "Keep-Alive", "timeout=1")));

        var answer = send(asAlice("/api/v1/orders"));

        assertThat(answer.headers().allValues("X-Trace-Id")).hasSize(1).doesNotContain("theirs");
        assertThat(answer.headers().allValues("X-Response-Time")).hasSize(1).doesNotContain("99999");
        assertThat(answer.headers().firstValue("Keep-Alive")).isNotEqualTo(Optional.of("timeout=1"));
        assertThat(answer.headers().allValues("Date")).hasSize(1);
    }

    @Test
    void the_trace_of_the_client_goes_on_to_the_service() {
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        var answer = send(asAlice("/api/v1/orders").header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));

        assertThat(answer.headers().firstValue("X-Trace-Id")).contains(trace);
        assertThat(ORDERS.lastAsked().header("traceparent"))
                .startsWith("00-" + trace + "-")
                .doesNotContain("00f067aa0ba902b7");
    }

    @Test
    void the_gateway_is_ready_once_services_are_known() {
        var ready = send(HttpRequest.newBuilder(
                URI.create("http://localhost:" + managementPort + "/actuator/health/readiness")));

        assertThat(ready.statusCode()).isEqualTo(200);
    }
}
