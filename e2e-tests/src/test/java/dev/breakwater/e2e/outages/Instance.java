package dev.breakwater.e2e.outages;

import dev.breakwater.e2e.suite.Answer;
import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.Suite;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.util.Optional;

/**
 * One process of a service, as the service's own actuator shows it.
 *
 * @param workMetric counts what it has done for orders; begins at zero with the process
 */
record Instance(Shop shop, Suite suite, String name, int actuator, String workMetric) {

    static Instance ofOrder(Shop shop, Suite suite, int number) {
        return new Instance(
                shop, suite, "order-service/" + number, suite.port(9071 + 10 * number), "ingest_batch_size_count");
    }

    static Instance ofInventory(Shop shop, Suite suite, int number) {
        return new Instance(
                shop,
                suite,
                "inventory-service/" + number,
                suite.port(9072 + 10 * number),
                "spring_kafka_listener_seconds_count");
    }

    boolean isReady() {
        return ask("health/readiness").filter(answer -> answer.status() == 200).isPresent();
    }

    /** True once it has done its share of the work since it started, more than once. */
    boolean takesPart() {
        return metric(workMetric) > 10;
    }

    /**
     * How its transactions were shared.
     *
     * @param requests that were in them
     */
    record Batches(double transactions, double requests) {

        static final Batches NONE = new Batches(0, 0);

        Batches plus(Batches other) {
            return new Batches(transactions + other.transactions, requests + other.requests);
        }

        double meanSize() {
            return requests / transactions;
        }
    }

    /** The placements since it started. */
    Batches placements() {
        return new Batches(metric("ingest_batch_size_count"), metric("ingest_batch_size_sum"));
    }

    /** True in a transaction: it holds a connection to its database. */
    boolean isWriting() {
        return metric("hikaricp_connections_active") > 0;
    }

    /** As {@code ./breakwater status} shows it. */
    ProcessHandle process() {
        return ProcessHandle.of(suite.pid(name)).orElseThrow();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Over all labels; 0 without an answer. */
    private double metric(String metric) {
        return ask("prometheus")
                .map(answer -> answer.text()
                        .lines()
                        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                        .sum())
                .orElse(0.0);
    }

    private Optional<Answer> ask(String endpoint) {
        try {
            return Optional.of(shop.anonymous()
                    .send("http://localhost:%d/actuator/%s".formatted(actuator, endpoint), HttpRequest.Builder::GET));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
