package dev.breakwater.gateway.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.breakwater.gateway.GatewayServiceApplication;
import dev.breakwater.platform.testing.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class EventStreamsTest {

    private static final String END = "end";

    private final BlockingQueue<String> toSay = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> abandoned = new CompletableFuture<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();

    private HttpServer orders;
    private ConfigurableApplicationContext gateway;

    @BeforeEach
    void start() throws IOException {
        orders = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        orders.setExecutor(threads);
        orders.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "text/event-stream;charset=UTF-8");
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().flush();
                for (var said = toSay.take(); !said.equals(END); said = toSay.take()) {
                    exchange.getResponseBody().write(said.getBytes(UTF_8));
                    exchange.getResponseBody().flush();
                }
            } catch (IOException e) {
                abandoned.complete(true);
                throw e;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        orders.start();
        gateway = new SpringApplicationBuilder(GatewayServiceApplication.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--breakwater.web.requests-at-a-time=2",
                        "--breakwater.gateway.streams-at-a-time=3",
                        "--breakwater.gateway.routes.orders.time-limit=1s",
                        "--breakwater.security.issuer=" + TestTokens.ISSUER,
                        "--breakwater.security.public-key=" + TestTokens.publicKeyPem(),
                        "--spring.cloud.discovery.client.simple.instances.order-service[0].uri=http://localhost:"
                                + orders.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        toSay.add(END);
        gateway.close();
        orders.stop(0);
        client.close();
        threads.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "*/*"})
    void each_event_arrives_before_the_next_one_is_sent_and_after_the_routes_time_too(String accept) throws Exception {
        toSay.add("id: 1\n\n");
        try (var events = events(accept)) {
            assertThat(events.readLine()).isEqualTo("id: 1");
            assertThat(events.readLine()).isEmpty();
            var began = System.nanoTime();
            await().until(() -> System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(1_200));
            toSay.add("id: 2\n");
            assertThat(events.readLine()).isEqualTo("id: 2");
            toSay.add(END);
            assertThat(events.readLine()).isNull();
        }
    }

    @Test
    void streams_take_no_place_of_other_calls_and_there_are_so_many_and_no_more() throws Exception {
        try (var one = events();
                var two = events();
                var three = events()) {
            assertThat(List.of(one, two, three)).doesNotContainNull();
            var open = gateway.getBean(MeterRegistry.class)
                    .get("gateway.event.streams")
                    .gauge();
            await().until(() -> open.value() == 3);

            assertThat(ask("/api/v1/payments/1", "*/*").statusCode()).isEqualTo(503);
            assertThat(ask("/nothing", "*/*").statusCode()).isEqualTo(404);
            var refused = ask("/api/v1/orders/1/events", "text/event-stream, application/problem+json");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("5");
            assertThat(new String(refused.body().readAllBytes(), UTF_8)).contains("\"code\":\"too_many_streams\"");
        } finally {
            toSay.addAll(List.of(END, END, END, END));
        }
    }

    @Test
    void a_client_that_leaves_ends_the_stream_of_the_service() throws Exception {
        toSay.add("id: 1\n");
        var events = events();
        assertThat(events.readLine()).isEqualTo("id: 1");
        events.close();

        await().until(() -> {
            toSay.add(": heartbeat\n");
            return abandoned.isDone();
        });
    }

    @Test
    void a_stop_of_the_gateway_does_not_wait_for_streams() throws Exception {
        toSay.add("id: 1\n");
        try (var events = events()) {
            assertThat(events.readLine()).isEqualTo("id: 1");

            var stopped = CompletableFuture.runAsync(gateway::close, threads);

            assertThat(events.readLine()).isNull();
            stopped.get(10, TimeUnit.SECONDS);
        }
    }

    private BufferedReader events() throws Exception {
        return events("text/event-stream");
    }

    private BufferedReader events(String accept) throws Exception {
        var answer = ask("/api/v1/orders/1/events", accept);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream;charset=UTF-8");
        return new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
    }

    private HttpResponse<InputStream> ask(String path, String accept) throws Exception {
        var port = gateway.getEnvironment().getRequiredProperty("local.server.port");
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Authorization", "Bearer " + TestTokens.customer("alice"))
                        .header("Accept", accept)
                        .build(),
                BodyHandlers.ofInputStream());
    }
}
