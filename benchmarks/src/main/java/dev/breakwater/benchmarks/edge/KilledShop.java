package dev.breakwater.benchmarks.edge;

import dev.breakwater.benchmarks.http.KeptConnections;
import dev.breakwater.benchmarks.http.ServiceProcess;
import dev.breakwater.platform.servers.LocalProcess;
import dev.breakwater.platform.testing.Servers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The edge in front of instances of inventory-service, which all have the same products. */
final class KilledShop implements AutoCloseable {

    private static final int PRODUCTS = 1_000;

    private final List<ServiceProcess> services = new ArrayList<>();

    private KilledShop() {}

    static KilledShop start(int instances) throws IOException, InterruptedException {
        var shop = new KilledShop();
        try {
            shop.startServices(instances);
            return shop;
        } catch (IOException | InterruptedException | RuntimeException e) {
            shop.close();
            throw e;
        }
    }

    private void startServices(int instances) throws IOException, InterruptedException {
        var database = new HashMap<>(ServiceProcess.of(Servers.freshDatabase()));
        database.put("breakwater.inventory.demo-products", Integer.toString(PRODUCTS));
        // What the caller of a service is told in a registry's stead: nobody says when one of them is dead.
        var known = new HashMap<String, String>();
        for (var instance = 0; instance < instances; instance++) {
            var service = started("inventory-service", database);
            services.add(service);
            known.put(
                    "spring.cloud.discovery.client.simple.instances.inventory-service[%d].uri".formatted(instance),
                    "http://localhost:" + service.port());
        }
        // All readers have one address.
        known.put("breakwater.gateway.limits.rules.anonymous.enabled", "false");
        services.add(started("gateway-service", known));
    }

    private static ServiceProcess started(String service, Map<String, String> settings)
            throws IOException, InterruptedException {
        var all = new HashMap<>(settings);
        all.put("KAFKA_ADDRESSES", Servers.kafka().address());
        all.put("REDIS_ADDRESS", Servers.redis().address());
        return new ServiceProcess(service, all);
    }

    /** Of the gateway. */
    int port() {
        return services.getLast().port();
    }

    List<LocalProcess> instances() {
        return services.subList(0, services.size() - 1).stream()
                .map(ServiceProcess::process)
                .toList();
    }

    /** What the edge cache does not answer. */
    List<byte[]> reads() {
        return List.of(
                KeptConnections.get("/api/v1/products?limit=20"),
                KeptConnections.get("/api/v1/products?category=tea&limit=10"));
    }

    @Override
    public void close() throws IOException {
        for (var service : services.reversed()) {
            service.close();
        }
    }
}
