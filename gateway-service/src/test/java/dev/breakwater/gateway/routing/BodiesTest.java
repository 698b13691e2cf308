package dev.breakwater.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.platform.testing.TestTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodiesTest extends GatewayUnderTest {

    @Test
    void a_body_that_does_not_arrive_is_a_timeout_of_the_client_and_reaches_no_service() throws IOException {
        var answer = raw("""
                POST /api/v1/orders HTTP/1.1\r
                Host: x\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: 100\r
                \r
                {"items":""".formatted(TestTokens.customer("alice")));

        assertThat(answer).startsWith("HTTP/1.1 408").contains("\"request_timeout\"");
        assertThat(ORDERS.asked()).isEmpty();
    }

    @Test
    void a_body_over_64_kib_is_refused_here_whether_announced_or_not() {
        var large = "x".repeat(64 * 1024 + 1);

        var announced = send(json(asAlice("/api/v1/orders"), large));
        var chunked = send(asAlice("/api/v1/orders")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.US_ASCII)))));

        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(chunked.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(ORDERS.asked()).isEmpty();
    }
}
