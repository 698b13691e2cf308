package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.http.ServiceProcess;
import dev.breakwater.platform.servers.CannotStartException;
import dev.breakwater.platform.testing.Servers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The edge in front of two instances of inventory-service on one database, one Redis and one Kafka. */
final class ReplicatedShop implements AutoCloseable {

    private static final Pattern FROM_REDIS = Pattern.compile(
            "(?m)^cache_gets_total\\{[^}]*cache=\"products\",level=\"shared\",result=\"hit\"[^}]*} (\\S+)");
    private static final Duration UNTIL_SHOWN = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_MILLIS = 20;

    private final List<String> skus;
    private final List<ServiceProcess> services = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();

    private ReplicatedShop(List<String> skus) {
        this.skus = skus;
    }

    /**
     * Returns when every place shows every product.
     *
     * @param prefix of the SKUs, another one each time: Redis and Kafka know the products of the shops before
     * @param settings of all services
     */
    static ReplicatedShop start(String prefix, int products, Map<String, String> settings)
            throws IOException, InterruptedException {
        var shop = new ReplicatedShop(IntStream.rangeClosed(1, products)
                .mapToObj(n -> prefix + "-" + n)
                .toList());
        try {
            shop.start(settings);
            shop.fill();
            return shop;
        } catch (IOException | InterruptedException | RuntimeException e) {
            shop.close();
            throw e;
        }
    }

    private void start(Map<String, String> settings) throws IOException, InterruptedException {
        var database = Servers.freshDatabase();
        services.add(ShopServer.startInventory(database, settings));
        services.add(ShopServer.startInventory(database, settings));
        services.addFirst(ShopServer.startGateway(List.copyOf(services), settings));
        var names = List.of("gateway-service", "one inventory-service", "the other inventory-service");
        for (var n = 0; n < names.size(); n++) {
            places.add(new Place(names.get(n), services.get(n).port()));
        }
    }

    private void fill() throws IOException, InterruptedException {
        for (var sku : skus) {
            gateway().write(sku, ShopServer.PRODUCT);
        }
        var until = System.nanoTime() + UNTIL_SHOWN.toNanos();
        for (var place : places) {
            for (var sku : skus) {
                awaitShown(place, sku, until);
            }
        }
    }

    private static void awaitShown(Place place, String sku, long until) throws InterruptedException {
        while (true) {
            try {
                place.read(sku);
                return;
            } catch (IOException e) {
                if (System.nanoTime() - until > 0) {
                    throw new CannotStartException("A new product is not shown: " + e.getMessage());
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            }
        }
    }

    Place gateway() {
        return places.getFirst();
    }

    /** The gateway and both instances behind it. */
    List<Place> places() {
        return places;
    }

    List<String> skus() {
        return skus;
    }

    /** How many reads Redis has answered so far. */
    double answeredByRedis() throws IOException, InterruptedException {
        var answered = 0.0;
        // The gateway asks no Redis.
        for (var inventory : services.subList(1, services.size())) {
            answered += Metrics.of(inventory.managementPort()).value(FROM_REDIS);
        }
        return answered;
    }

    @Override
    public void close() throws IOException {
        for (var place : places) {
            place.close();
        }
        for (var service : services) {
            service.close();
        }
    }
}
