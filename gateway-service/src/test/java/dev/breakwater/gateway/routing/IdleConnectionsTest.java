package dev.breakwater.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.gateway.GatewayUnderTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** There is one more service here, which promises to keep its connections and closes each all the same. */
class IdleConnectionsTest extends GatewayUnderTest {

    /** That it has closed. */
    private static final AtomicInteger CONNECTIONS = new AtomicInteger();

    private static final ServerSocket SERVER = closing();

    private final RoutingProperties properties;
    private final Duration keptByServices;

    @Autowired
    IdleConnectionsTest(
            RoutingProperties properties, @Value("${server.tomcat.keep-alive-timeout}") Duration keptByServices) {
        this.properties = properties;
        this.keptByServices = keptByServices;
    }

    @DynamicPropertySource
    static void fickleService(DynamicPropertyRegistry registry) {
        registry.add("breakwater.gateway.routes.fickle.service", () -> "fickle-service");
        registry.add("breakwater.gateway.routes.fickle.paths", () -> "/api/v1/fickle");
        registry.add("breakwater.gateway.routes.fickle.time-limit", () -> "2s");
        registry.add(
                "spring.cloud.discovery.client.simple.instances.fickle-service[0].uri",
                () -> "http://127.0.0.1:" + SERVER.getLocalPort());
    }

    @BeforeEach
    void serve() {
        CONNECTIONS.set(0);
    }

    @AfterAll
    static void close() throws IOException {
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "POST"})
    void a_call_does_not_fail_on_a_connection_that_the_service_closed_while_it_was_idle(String method) {
        for (var calls = 1; calls <= 20; calls++) {
            var answer = send(asAlice("/api/v1/fickle").method(method, BodyPublishers.noBody()));

            assertThat(answer.statusCode()).isEqualTo(204);
            var answered = calls;
            await().pollInterval(Duration.ofMillis(2)).until(() -> CONNECTIONS.get() == answered);
        }
    }

    @Test
    void what_was_idle_for_as_long_as_a_service_keeps_it_is_not_used() {
        assertThat(properties.connections().longestIdle()).isLessThan(keptByServices);
    }

    private static ServerSocket closing() {
        try {
            var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> answerOncePerConnection(server));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answerOncePerConnection(ServerSocket server) {
        while (!server.isClosed()) {
            try (var connection = server.accept()) {
                var request = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                while (!request.readLine().isEmpty()) {}
                connection
                        .getOutputStream()
                        .write("HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                assertThat(server.isClosed()).isTrue();
                return;
            }
            CONNECTIONS.incrementAndGet();
        }
    }
}
