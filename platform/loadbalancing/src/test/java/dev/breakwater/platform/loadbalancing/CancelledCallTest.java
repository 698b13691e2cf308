package dev.breakwater.platform.loadbalancing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.breakwater.platform.loadbalancing.Nodes.NodeState;
import dev.breakwater.platform.loadbalancing.nodes.Health;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;

/** Spring does not tell of the end of a reactive call whose subscriber left. */
@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "spring.main.web-application-type=none",
            // The JDK tells of each cancel.
            "logging.level.reactor.core.publisher.Operators=off",
            "breakwater.loadbalancing.abandoned-after=1s",
            "breakwater.loadbalancing.ejection.consecutive-failures=1",
            "breakwater.loadbalancing.ejection.most=1"
        })
class CancelledCallTest {

    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static final HttpServer SERVER = server();

    @Autowired
    private WebClient.Builder clients;

    @Autowired
    private Nodes nodes;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class App {

        @Bean
        @LoadBalanced
        WebClient.Builder clients() {
            return WebClient.builder().clientConnector(new JdkClientHttpConnector());
        }
    }

    private static HttpServer server() {
        try {
            var server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> {
                if (exchange.getRequestURI().getPath().equals("/silent")) {
                    awaitRelease(NEVER);
                }
                exchange.sendResponseHeaders(200, 4);
                exchange.getResponseBody().write("here".getBytes(UTF_8));
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitRelease(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @DynamicPropertySource
    static void instances(DynamicPropertyRegistry properties) {
        properties.add(
                "spring.cloud.discovery.client.simple.instances.silent[0].uri",
                () -> "http://localhost:" + SERVER.getAddress().getPort());
    }

    @AfterAll
    static void stop() {
        NEVER.countDown();
        SERVER.stop(0);
    }

    @Test
    void a_call_that_was_cancelled_is_over_after_a_while_and_no_failure() {
        assertThat(get()).isEqualTo("here");

        var left = ask();
        var alsoLeft = ask();
        await().until(() -> state().inFlight() == 2);
        left.dispose();
        alsoLeft.dispose();

        await().untilAsserted(() -> {
            assertThat(get()).isEqualTo("here");
            assertThat(state().inFlight()).isZero();
        });
        assertThat(state().errors()).isZero();
        assertThat(state().health()).isEqualTo(Health.UP);
    }

    private String get() {
        return String.valueOf(clients.build()
                .get()
                .uri("http://silent/")
                .retrieve()
                .bodyToMono(String.class)
                .block());
    }

    private Disposable ask() {
        return clients.build()
                .get()
                .uri("http://silent/silent")
                .retrieve()
                .bodyToMono(String.class)
                .subscribe();
    }

    private NodeState state() {
        return nodes.states("silent").getFirst();
    }
}
