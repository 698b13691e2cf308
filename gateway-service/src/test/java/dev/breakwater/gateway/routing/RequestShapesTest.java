package dev.breakwater.gateway.routing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.platform.testing.TestTokens;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of which two servers in a row could believe different things: where the body ends, whom they are for. */
class RequestShapesTest extends GatewayUnderTest {

    private static final String POST = "POST /api/v1/orders HTTP/1.1\r\nHost: localhost\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
                "Content-Length: -2\r\n\r\n{}",
                "Content-Length: 2, 3\r\n\r\n{}x",
                "Content-Length: 99999999999999999999\r\n\r\n{}",
                "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff2\r\n{}\r\n0\r\n\r\n",
                "Host: elsewhere\r\nContent-Length: 2\r\n\r\n{}",
                "X-Bad\u0001Name: 1\r\nContent-Length: 2\r\n\r\n{}"
            })
    void a_request_of_ambiguous_shape_is_refused_and_goes_nowhere(String rest) throws IOException {
        var answer = raw(POST + authorization() + "Connection: close\r\n" + rest);

        assertThat(answer).matches("(?s)HTTP/1\\.1 (400|413|501) .*").contains("application/problem+json");
        assertThat(ORDERS.asked()).isEmpty();
    }

    @Test
    void nobody_waits_for_the_body_of_a_read() throws IOException {
        var answer = raw("GET /api/v1/products?category=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"malformed_request\"");
        assertThat(INVENTORY.asked()).isEmpty();
    }

    @Test
    void without_a_host_nothing_is_believed() throws IOException {
        assertThat(raw("GET /api/v1/products HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(INVENTORY.asked()).isEmpty();
    }

    @Test
    void of_two_lengths_the_service_hears_one_and_what_follows_is_no_second_request() throws IOException {
        ORDERS.answers(200, "{}");

        var answer = raw(POST + authorization()
                + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
                + "GET /api/v1/orders/smuggled HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(ORDERS.asked()).extracting(asked -> asked.uri()).doesNotContain("/api/v1/orders/smuggled");
        assertThat(answer)
                .satisfiesAnyOf(
                        it -> assertThat(it).startsWith("HTTP/1.1 400"),
                        it -> assertThat(ORDERS.lastAsked().body()).isEqualTo("{}"));
    }

    @Test
    void who_sends_a_byte_now_and_then_is_not_waited_for_longer_than_the_call_may_take() throws Exception {
        try (var socket = new Socket("localhost", port)) {
            var out = socket.getOutputStream();
            out.write((POST + authorization() + "Content-Length: 1000\r\n\r\n").getBytes(ISO_8859_1));
            var answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            await().pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> {
                        out.write('x');
                        out.flush();
                        return answer.isDone();
                    });
            assertThat(answer.get()).isEqualTo("HTTP/1.1 408");
        }
        assertThat(ORDERS.asked()).isEmpty();
    }

    private static String authorization() {
        return "Authorization: Bearer " + TestTokens.customer("alice") + "\r\n";
    }
}
