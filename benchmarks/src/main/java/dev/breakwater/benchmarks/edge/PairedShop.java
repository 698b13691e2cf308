package dev.breakwater.benchmarks.edge;

import dev.breakwater.benchmarks.http.KeptConnections;
import dev.breakwater.benchmarks.http.ServiceProcess;
import dev.breakwater.platform.servers.CannotStartException;
import dev.breakwater.platform.servers.LocalProcess;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestDatabase;
import dev.breakwater.platform.testing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The edge in front of two instances each of order-service and inventory-service, with a product and an order. */
final class PairedShop implements AutoCloseable {

    private static final String SKU = "PAIRED-1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String token = TestTokens.customer("reader");
    private final List<ServiceProcess> services = new ArrayList<>();
    private String order = "";

    private PairedShop() {}

    static PairedShop start() throws IOException, InterruptedException {
        var shop = new PairedShop();
        try {
            shop.startServices();
            shop.fill();
            return shop;
        } catch (IOException | InterruptedException | RuntimeException e) {
            shop.close();
            throw e;
        }
    }

    private void startServices() throws IOException, InterruptedException {
        var inventory = Servers.freshDatabase();
        startPair("inventory-service", inventory, Map.of());
        var inventories = instances("inventory-service", services);
        startPair("order-service", Servers.freshDatabase(), inventories);
        var known = new HashMap<>(inventories);
        known.putAll(instances("order-service", services.subList(2, 4)));
        // All readers have one address.
        known.put("breakwater.gateway.limits.rules.anonymous.enabled", "false");
        services.add(started("gateway-service", known));
    }

    private void startPair(String service, TestDatabase database, Map<String, String> more)
            throws IOException, InterruptedException {
        var settings = new HashMap<>(ServiceProcess.of(database));
        settings.putAll(more);
        for (var instance = 0; instance < 2; instance++) {
            services.add(started(service, settings));
        }
    }

    private static ServiceProcess started(String service, Map<String, String> settings)
            throws IOException, InterruptedException {
        var all = new HashMap<>(settings);
        all.put("KAFKA_ADDRESSES", Servers.kafka().address());
        all.put("REDIS_ADDRESS", Servers.redis().address());
        return new ServiceProcess(service, all);
    }

    /** What who calls the service is told in a registry's stead: nobody says when one of them is dead. */
    private static Map<String, String> instances(String service, List<ServiceProcess> pair) {
        var settings = new HashMap<String, String>();
        for (var n = 0; n < pair.size(); n++) {
            settings.put(
                    "spring.cloud.discovery.client.simple.instances.%s[%d].uri".formatted(service, n),
                    "http://localhost:" + pair.get(n).port());
        }
        return settings;
    }

    private void fill() throws IOException, InterruptedException {
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            send(http, request("products/" + SKU, TestTokens.admin()).PUT(BodyPublishers.ofString("""
                    {"name": "Lamp", "description": "", "category": "lamps", "priceMinor": 100, "currency": "CNY"}""")));
            order = send(
                            http,
                            request("orders", token)
                                    .header("Idempotency-Key", "paired")
                                    .POST(BodyPublishers.ofString("""
                            {"items": [{"sku": "%s", "quantity": 1}], "paymentMethod": {"type": "card", "token": "tok_ok"}}""".formatted(SKU))))
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
        }
    }

    private HttpRequest.Builder request(String path, String bearer) {
        return HttpRequest.newBuilder(URI.create("http://localhost:%d/api/v1/%s".formatted(port(), path)))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/json");
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new CannotStartException("The shop is not filled: " + answer.body());
        }
        return answer;
    }

    /** Of the gateway. */
    int port() {
        return services.getLast().port();
    }

    /** An order, an inventory, and the other ones. */
    List<LocalProcess> instances() {
        return List.of(2, 0, 3, 1).stream()
                .map(services::get)
                .map(ServiceProcess::process)
                .toList();
    }

    /** As many of order-service as of inventory-service. */
    List<byte[]> reads() {
        return List.of(
                KeptConnections.get("/api/v1/products?limit=20"),
                KeptConnections.get(URI.create(order).getPath(), token),
                KeptConnections.get("/api/v1/products?category=lamps&limit=10"),
                KeptConnections.get("/api/v1/orders?limit=20", token));
    }

    @Override
    public void close() throws IOException {
        for (var service : services.reversed()) {
            service.close();
        }
    }
}
