package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.Benchmark;
import dev.breakwater.benchmarks.Contender;
import dev.breakwater.benchmarks.Target;
import dev.breakwater.benchmarks.http.ServiceProcess;
import dev.breakwater.platform.testing.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Products that there are not against products that memory has, at the same inventory-service. */
public final class UnknownBenchmark implements Benchmark {

    private static final int PRODUCTS = 100_000;
    /** The default. */
    private static final double FALSE_POSITIVES = 0.0001;
    /** What is asked for: few enough that memory has them all. */
    private static final int KNOWN = 1_000;
    /** So many that hardly one is asked for again within the time for which it is remembered. */
    private static final int UNKNOWN = 1_000_000_000;

    private static final Duration UNTIL_COMPILED = Duration.ofSeconds(30);

    private final AtomicReference<@Nullable ServiceProcess> asked = new AtomicReference<>();

    @Override
    public String name() {
        return "unknown";
    }

    @Override
    public String question() {
        return "GET /products/{sku} of unknown SKUs against those of %,d products in memory, %,d in the table, filter made for %,d and %s"
                .formatted(KNOWN, PRODUCTS, PRODUCTS, ZipfTrial.percent(FALSE_POSITIVES));
    }

    @Override
    public String things() {
        return "reads";
    }

    @Override
    public Target target() {
        return Target.atLeast(1);
    }

    @Override
    public Duration warmUp() {
        return UNTIL_COMPILED;
    }

    @Override
    public void requireTools() {
        Wrk.require();
    }

    @Override
    public Contender subject() {
        return new Contender("unknown SKUs", List.of(10), _ -> {
            var service = start();
            asked.set(service);
            return new ProductsSide(
                    service, "NONE-", Wrk.ofAny(UNKNOWN, Wrk.Expected.REFUSED), FALSE_POSITIVES, service);
        });
    }

    @Override
    public Contender peer() {
        return new Contender("products in memory", List.of(10), _ -> {
            var service = asked.get();
            if (service == null) {
                throw new IllegalStateException("the subject has not been opened yet");
            }
            return new ProductsSide(service, ProductRows.PREFIX, Wrk.ofAny(KNOWN, Wrk.Expected.FOUND), 1, () -> {});
        });
    }

    /** Twice: the first one makes the tables, and the second finds the products in them when it builds its filter. */
    private static ServiceProcess start() throws Exception {
        var database = Servers.freshDatabase();
        var settings = Map.of("breakwater.inventory.known-skus.expected", Integer.toString(PRODUCTS));
        ShopServer.startInventory(database, settings).close();
        ProductRows.insert(
                new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password()), PRODUCTS);
        return ShopServer.startInventory(database, settings);
    }
}
