package dev.breakwater.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdleConnectionsTest {

    @Test
    void a_post_does_not_fail_on_a_connection_that_the_server_closed_while_it_was_idle() throws Exception {
        var closed = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var client = client()) {
            threads.submit(() -> answerOncePerConnection(server, closed));
            var post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"))
                    .POST(BodyPublishers.ofString("x"))
                    .build();

            for (int i = 1; i <= 20; i++) {
                assertThat(client.send(post, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(204);
                var answered = i;
                await().pollInterval(Duration.ofMillis(2)).until(() -> closed.get() == answered);
            }
        }
    }

    private static HttpClient client() {
        var configuration = new HttpClientConfiguration();
        return configuration.onwardClient(
                configuration.onwardThreads(), new RoutingProperties(Duration.ofSeconds(1), Map.of()));
    }

    /** Promises to keep the connection and closes it all the same. */
    private static Void answerOncePerConnection(ServerSocket server, AtomicInteger closed) throws IOException {
        while (!server.isClosed()) {
            try (var connection = server.accept()) {
                var request = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                while (!request.readLine().isEmpty()) {}
                assertThat(request.read()).isEqualTo('x');
                connection
                        .getOutputStream()
                        .write("HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            }
            closed.incrementAndGet();
        }
        return null;
    }
}
