package dev.breakwater.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.gateway.GatewayServiceApplication;
import dev.breakwater.gateway.StubService;
import dev.breakwater.gateway.StubService.Answer;
import dev.breakwater.platform.testing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;

class GracefulStopTest {

    @Test
    void a_call_under_way_is_answered_before_the_gateway_ends() throws Exception {
        var arrived = new CountDownLatch(1);
        var stopping = new CountDownLatch(1);
        try (var orders = new StubService();
                var client = HttpClient.newHttpClient()) {
            orders.answers(question -> {
                arrived.countDown();
                await(stopping);
                return new Answer(200, "{\"done\":true}", Map.of());
            });
            var gateway = new SpringApplicationBuilder(GatewayServiceApplication.class)
                    .run(
                            "--server.port=0",
                            "--management.server.port=0",
                            "--breakwater.security.issuer=" + TestTokens.ISSUER,
                            "--breakwater.security.public-key=" + TestTokens.publicKeyPem(),
                            "--spring.cloud.discovery.client.simple.instances.order-service[0].uri=" + orders.url());
            var port = gateway.getEnvironment().getRequiredProperty("local.server.port");
            var answer = client.sendAsync(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/orders"))
                            .header("Authorization", "Bearer " + TestTokens.customer("alice"))
                            .build(),
                    BodyHandlers.ofString());
            await(arrived);

            var stopped = CompletableFuture.runAsync(gateway::close);
            Awaitility.await().until(gateway::isClosed);
            stopping.countDown();

            assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("{\"done\":true}");
            stopped.get(20, TimeUnit.SECONDS);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
