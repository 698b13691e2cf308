package dev.breakwater.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.DefaultServiceInstance;

/** A service that takes a new connection for each call, and a try that ends before, while or after it is made. */
class CutOffTest {

    private static final int TRIES = 3_000;
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void a_try_that_ends_at_whatever_moment_is_late_and_not_broken() throws IOException {
        var settings = new RoutingProperties(
                new RoutingProperties.Connections(LONG, 10, 10, LONG, LONG, LONG, LONG), LONG, Map.of());
        var late = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var connections = new OnwardConnections(settings.connections(), new SimpleMeterRegistry())) {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TRIES);
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.getResponseHeaders().set("Connection", "close");
                    exchange.sendResponseHeaders(204, -1);
                }
            });
            server.start();
            var instance = new DefaultServiceInstance(
                    "one", "service", "127.0.0.1", server.getAddress().getPort(), false);
            var call = new OnwardCall(
                    connections,
                    settings,
                    new EventStreams(0, new SimpleMeterRegistry()),
                    Tracer.NOOP,
                    Propagator.NOOP);
            for (var tried = 0; tried < TRIES; tried++) {
                late += isLate(call, instance, Duration.ofNanos(1_000L * (tried % 1_000))) ? 1 : 0;
            }
            call.close();
            server.stop(0);
        }
        assertThat(late).isPositive();
    }

    private static boolean isLate(OnwardCall call, DefaultServiceInstance instance, Duration longest)
            throws IOException {
        try {
            assertThat(call.send(instance, OnwardRequest.get("/"), Deadline.in(LONG), longest, false)
                            .status())
                    .isEqualTo(204);
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }
}
