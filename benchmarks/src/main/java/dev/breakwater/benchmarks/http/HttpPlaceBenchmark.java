package dev.breakwater.benchmarks.http;

import dev.breakwater.benchmarks.Benchmark;
import dev.breakwater.benchmarks.Contender;
import dev.breakwater.benchmarks.Measure;
import dev.breakwater.benchmarks.Target;
import java.time.Duration;
import java.util.List;

/** The ingest batch seen from outside: what it does for many clients, and what it costs a lonely one. */
public record HttpPlaceBenchmark(String name, int clients, Measure measure, Target target) implements Benchmark {

    /** A service of this size has its hot code compiled by then, on two cores that it shares with its clients. */
    private static final Duration UNTIL_COMPILED = Duration.ofMinutes(1);

    public static HttpPlaceBenchmark flood() {
        return new HttpPlaceBenchmark("http-128", 128, Measure.THROUGHPUT, Target.atLeast(3));
    }

    public static HttpPlaceBenchmark lonely() {
        return new HttpPlaceBenchmark("http-lonely", 1, Measure.P99, Target.atMost(1.1));
    }

    @Override
    public String question() {
        return "POST /orders at order-service with a token, %d at a time, batch on against batch off"
                .formatted(clients);
    }

    @Override
    public String things() {
        return "orders";
    }

    @Override
    public Duration warmUp() {
        return UNTIL_COMPILED;
    }

    @Override
    public Contender subject() {
        return new Contender("batch on", List.of(10), pool -> HttpPlacingSide.batchOn(clients, pool));
    }

    @Override
    public Contender peer() {
        var pools = clients == 1 ? List.of(10) : List.of(10, 20, 40);
        return new Contender("batch off", pools, pool -> HttpPlacingSide.batchOff(clients, pool));
    }
}
