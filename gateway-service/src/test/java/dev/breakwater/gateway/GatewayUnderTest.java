package dev.breakwater.gateway;

import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestTokens;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A gateway, and a stub for each service behind it; of the order service there are two instances. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "breakwater.gateway.routes.orders.time-limit=2s",
            "breakwater.gateway.audit.between=100ms"
        })
public abstract class GatewayUnderTest {

    protected static final StubService ORDERS = new StubService();
    protected static final StubService INVENTORY = new StubService();
    protected static final StubService PAYMENTS = new StubService();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    protected int port;

    @LocalManagementPort
    protected int managementPort;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("TOKEN_ISSUER", () -> TestTokens.ISSUER);
        registry.add("TOKEN_PUBLIC_KEY", TestTokens::publicKeyPem);
        registry.add("KAFKA_ADDRESSES", () -> Servers.kafka().address());
        registry.add("REDIS_ADDRESS", () -> Servers.redis().address());
        // So that a test knows who is asked next.
        registry.add("breakwater.loadbalancing.strategy", () -> "round-robin");
        var instances = "spring.cloud.discovery.client.simple.instances.";
        registry.add(instances + "order-service[0].uri", ORDERS::url);
        registry.add(instances + "inventory-service[0].uri", INVENTORY::url);
        registry.add(instances + "payment-service[0].uri", PAYMENTS::url);
    }

    @BeforeEach
    void forget() {
        ORDERS.forget();
        INVENTORY.forget();
        PAYMENTS.forget();
    }

    protected HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    protected HttpRequest.Builder asAlice(String path) {
        return request(path).header("Authorization", "Bearer " + TestTokens.customer("alice"));
    }

    protected HttpRequest.Builder asAdmin(String path) {
        return request(path).header("Authorization", "Bearer " + TestTokens.admin());
    }

    protected static HttpRequest.Builder json(HttpRequest.Builder request, String body) {
        return request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    protected static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Writes the bytes of a request as they are, and reads until the gateway closes. */
    protected final String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
