package dev.breakwater.benchmarks.edge;

import dev.breakwater.platform.loadbalancing.nodes.Call;
import dev.breakwater.platform.loadbalancing.strategies.ConsistentHash;
import dev.breakwater.platform.loadbalancing.strategies.LeastLoaded;
import dev.breakwater.platform.loadbalancing.strategies.Picker;
import dev.breakwater.platform.loadbalancing.strategies.RoundRobin;
import dev.breakwater.platform.loadbalancing.strategies.SmoothWeighted;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The choice of an instance, as JMH runs it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Pick {

    @SuppressWarnings("NullAway.Init") // by JMH, before the first pick
    @Param({"round-robin", "weighted", "least-loaded", "consistent-hash"})
    private String strategy;

    @Param({"5", "500"})
    private int nodes;

    @SuppressWarnings("NullAway.Init") // by JMH, before the first pick
    private Fleet fleet;

    @SuppressWarnings("NullAway.Init") // by JMH, before the first pick
    private Picker picker;

    @Setup
    public void build() {
        LongSupplier random = () -> ThreadLocalRandom.current().nextLong();
        // Weights from 1 to 5, so that a round is not all of one kind.
        fleet = Fleet.weighing(
                System::nanoTime, IntStream.range(0, nodes).map(i -> 1 + i % 5).toArray());
        picker = switch (strategy) {
            case "round-robin" -> new RoundRobin(fleet.nodes(), random);
            case "weighted" -> new SmoothWeighted(fleet.nodes(), random);
            case "least-loaded" -> new LeastLoaded(fleet.nodes(), random);
            case "consistent-hash" -> ConsistentHash.of(fleet.nodes(), null);
            default -> throw new IllegalArgumentException(strategy);
        };
        // As in a running service: each has been called, and some are at work.
        for (var i = 0; i < nodes; i++) {
            fleet.begin(i).succeeded();
            if (i % 2 == 0) {
                fleet.begin(i);
            }
        }
    }

    @Benchmark
    public int pick() {
        return picker.pick(ThreadLocalRandom.current().nextLong(), System.nanoTime(), null);
    }

    /** With what the state of the node is told. */
    @Benchmark
    public Call call() {
        var call = fleet.begin(pick());
        call.succeeded();
        return call;
    }
}
