package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.http.ServiceProcess;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestDatabase;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The service that pages are read from, with what stands behind it, and a product. */
final class ShopServer implements AutoCloseable {

    /** As long as those of the demo are. */
    static final String PRODUCT = """
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
            var gateway = startGateway(List.of(inventory), Map.of());
            return new ShopServer(gateway, List.of(gateway, inventory));
        } catch (IOException | InterruptedException | RuntimeException e) {
            inventory.close();
            throw e;
        }
    }

    private static ServiceProcess startInventory() throws IOException, InterruptedException {
        var inventory = startInventory(Servers.freshDatabase(), Map.of());
        try (var place = new Place("inventory-service", inventory.port())) {
            place.write(PageSide.SKU, PRODUCT);
            return inventory;
        } catch (IOException | RuntimeException e) {
            inventory.close();
            throw e;
        }
    }

    static ServiceProcess startInventory(TestDatabase database, Map<String, String> more)
            throws IOException, InterruptedException {
        var settings = new HashMap<>(ServiceProcess.of(database));
        settings.put("KAFKA_ADDRESSES", Servers.kafka().address());
        settings.put("REDIS_ADDRESS", Servers.redis().address());
        settings.putAll(more);
        return new ServiceProcess("inventory-service", settings);
    }

    static ServiceProcess startGateway(List<ServiceProcess> inventories, Map<String, String> more)
            throws IOException, InterruptedException {
        var settings = new HashMap<>(more);
        for (var n = 0; n < inventories.size(); n++) {
            settings.put(
                    "spring.cloud.discovery.client.simple.instances.inventory-service[%d].uri".formatted(n),
                    "http://localhost:" + inventories.get(n).port());
        }
        settings.put("KAFKA_ADDRESSES", Servers.kafka().address());
        settings.put("REDIS_ADDRESS", Servers.redis().address());
        // All readers of a benchmark have one address.
        settings.put("breakwater.gateway.limits.rules.anonymous.enabled", "false");
        return new ServiceProcess("gateway-service", settings);
    }

    int port() {
        return asked.port();
    }

    /** Of the service that nothing stands in front of. */
    int portBehind() {
        return all.getLast().port();
    }

    long pid() {
        return asked.pid();
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
