package dev.breakwater.benchmarks.reads;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.breakwater.benchmarks.http.ServiceProcess;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The service that pages are read from, with what stands behind it, and a product. */
final class ShopServer implements AutoCloseable {

    /** As long as those of the demo are. */
    private static final String PRODUCT = """
            {"name":"Harbour oak side table, set of two","description":"The side table in oak from our Harbour line. \
            Tested by people who break things for a living.","category":"furniture","priceMinor":129900,\
            "currency":"CNY"}""";

    private final ServiceProcess asked;
    private final List<ServiceProcess> all;

    private ShopServer(ServiceProcess asked, List<ServiceProcess> all) {
        this.asked = asked;
        this.all = all;
    }

    static ShopServer inventory() throws IOException, InterruptedException {
        var inventory = startInventory();
        return new ShopServer(inventory, List.of(inventory));
    }

    /** The edge, in front of one inventory-service. */
    static ShopServer gateway() throws IOException, InterruptedException {
        var inventory = startInventory();
        try {
            var gateway = new ServiceProcess(
                    "gateway-service",
                    Map.of(
                            "spring.cloud.discovery.client.simple.instances.inventory-service[0].uri",
                            "http://localhost:" + inventory.port(),
                            "KAFKA_ADDRESSES",
                            Servers.kafka().address()));
            return new ShopServer(gateway, List.of(gateway, inventory));
        } catch (IOException | InterruptedException | RuntimeException e) {
            inventory.close();
            throw e;
        }
    }

    private static ServiceProcess startInventory() throws IOException, InterruptedException {
        var settings = new HashMap<>(ServiceProcess.of(Servers.freshDatabase()));
        settings.put("KAFKA_ADDRESSES", Servers.kafka().address());
        settings.put("REDIS_ADDRESS", Servers.redis().address());
        var inventory = new ServiceProcess("inventory-service", settings);
        try {
            create(inventory.port());
            return inventory;
        } catch (IOException | InterruptedException | RuntimeException e) {
            inventory.close();
            throw e;
        }
    }

    private static void create(int port) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + PageSide.PATH))
                    .header("Authorization", "Bearer " + TestTokens.admin())
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(PRODUCT, UTF_8))
                    .build();
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException("the product was not created: " + answer.body());
            }
        }
    }

    int port() {
        return asked.port();
    }

    int managementPort() {
        return asked.managementPort();
    }

    @Override
    public void close() throws IOException {
        for (var service : all) {
            service.close();
        }
    }
}
