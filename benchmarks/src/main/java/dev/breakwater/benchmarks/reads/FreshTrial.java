package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.Finding;
import dev.breakwater.benchmarks.Trial;
import dev.breakwater.platform.servers.CannotStartException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.HdrHistogram.AbstractHistogram;
import picocli.CommandLine.Option;

/** How long after a change was answered somebody may still be shown the product as it was. */
public final class FreshTrial implements Trial {

    private static final int PRODUCTS = 100;
    private static final int READS_PER_SECOND = 500;
    private static final double MOST_MILLIS = 1_000;
    /** Of the changes, as many again come first and do not count: the services are compiled by then. */
    private static final double WARM_UP = 0.2;

    @Option(
            names = "--changes",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many changes fresh makes, after a fifth of that to warm up (1000).")
    private int changes;

    @Override
    public String name() {
        return "fresh";
    }

    @Override
    public String question() {
        return "PUT /products/{sku} through the gateway, until it and both instances of inventory-service show it; "
                + "%,d products in memory, %,d reads/s meanwhile".formatted(PRODUCTS, READS_PER_SECOND);
    }

    @Override
    public List<Finding> run(Consumer<String> progress) throws Exception {
        if (changes < 1) {
            throw new CannotStartException("--changes must be at least 1.");
        }
        progress.accept("starting three services");
        try (var shop = ReplicatedShop.start("FRESH", PRODUCTS, Map.of())) {
            return measure(shop.gateway(), shop.places(), shop.skus(), changes, progress);
        }
    }

    /** @param written takes the changes */
    static List<Finding> measure(
            Place written, List<Place> places, List<String> skus, int changes, Consumer<String> progress)
            throws IOException, InterruptedException, ExecutionException {
        try (var load = new ReadLoad(places, skus, READS_PER_SECOND);
                var warmUp = new Propagation(written, places);
                var propagation = new Propagation(written, places)) {
            var warmUps = (int) Math.ceil(WARM_UP * changes);
            progress.accept("%,d changes to warm up".formatted(warmUps));
            change(warmUp, skus, warmUps);
            load.next();
            progress.accept("%,d changes".formatted(changes));
            change(propagation, skus, changes);
            return judge(propagation, places, load.next());
        }
    }

    private static void change(Propagation propagation, List<String> skus, int changes)
            throws IOException, InterruptedException, ExecutionException {
        var random = ThreadLocalRandom.current();
        for (var change = 1; change <= changes; change++) {
            // No product is written with what it is already.
            var product = ShopServer.PRODUCT.replace("129900", Integer.toString(100_000 + change));
            propagation.change(skus.get(random.nextInt(skus.size())), product);
        }
    }

    private static List<Finding> judge(Propagation propagation, List<Place> places, ReadLoad.Phase reads) {
        var last = propagation.lastMicros();
        var p99 = millis(last, 99);
        var stepsBack = places.stream().mapToLong(Place::stepsBack).sum();
        var findings = new ArrayList<Finding>();
        findings.add(Finding.told("shown everywhere after: p50", inMillis(millis(last, 50))));
        findings.add(new Finding(
                "shown everywhere after: p99", inMillis(p99), "≤ " + inMillis(MOST_MILLIS), p99 <= MOST_MILLIS));
        findings.add(Finding.told("shown everywhere after: most", inMillis(millis(last, 100))));
        for (var place : places) {
            findings.add(Finding.told(
                    "shown by %s after: p50, p99".formatted(place.name()), p50p99(propagation.micros(place))));
        }
        findings.add(new Finding(
                "reads that showed less than an earlier one", Long.toString(stepsBack), "0", stepsBack == 0));
        findings.add(Finding.told("reads meanwhile: p50, p99", p50p99(reads.micros())));
        findings.add(Finding.told(
                "failed reads, of %,d".formatted(reads.done() + reads.failed()), Long.toString(reads.failed())));
        return findings;
    }

    static String p50p99(AbstractHistogram micros) {
        return inMillis(millis(micros, 50)) + ", " + inMillis(millis(micros, 99));
    }

    private static double millis(AbstractHistogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }

    private static String inMillis(double millis) {
        return String.format(Locale.ROOT, millis < 100 ? "%.1f ms" : "%,.0f ms", millis);
    }
}
