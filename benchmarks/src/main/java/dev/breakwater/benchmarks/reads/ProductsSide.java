package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.Round;
import dev.breakwater.benchmarks.Side;
import dev.breakwater.benchmarks.http.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Any of many products of one inventory-service, and how many of the reads reach the database. */
final class ProductsSide implements Side {

    private static final Pattern LOADS =
            Pattern.compile("(?m)^cache_load_seconds_count\\{[^}]*cache=\"products\"[^}]*} (\\S+)");

    private final ServiceProcess service;
    private final URI prefix;
    private final Wrk wrk;
    private final double mostLoads;
    private final AutoCloseable server;
    private double reads;
    private double loads;

    /**
     * @param prefix of the SKUs
     * @param mostLoads share of the reads that may reach the database
     * @param server goes with this side
     */
    ProductsSide(ServiceProcess service, String prefix, Wrk wrk, double mostLoads, AutoCloseable server) {
        this.service = service;
        this.prefix = URI.create("http://localhost:" + service.port() + Place.PATH + prefix);
        this.wrk = wrk;
        this.mostLoads = mostLoads;
        this.server = server;
    }

    @Override
    public Round run(Duration length) throws IOException, InterruptedException {
        var before = loads();
        var round = wrk.run(prefix, length);
        loads += loads() - before;
        reads += round.done();
        return round;
    }

    private double loads() throws IOException, InterruptedException {
        return Metrics.of(service.managementPort()).value(LOADS);
    }

    @Override
    public List<String> violations() {
        return loads <= mostLoads * reads ? List.of() : List.of(found() + ", more than wanted");
    }

    @Override
    public List<String> notes() {
        return List.of(found());
    }

    private String found() {
        return String.format(
                Locale.ROOT, "%,.0f database reads for 1,000,000, of %,.0f reads", 1e6 * loads / reads, reads);
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
