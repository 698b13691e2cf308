package dev.breakwater.order.placement;

import dev.breakwater.benchmarks.Benchmark;
import dev.breakwater.benchmarks.Contender;
import dev.breakwater.benchmarks.Target;
import java.util.List;

/**
 * Placing orders: a transaction shared by those who meet against a transaction each.
 *
 * @param callers how many wait at the same time
 */
public record PlaceBenchmark(int callers, Target target) implements Benchmark {

    @Override
    public String name() {
        return "place-" + callers;
    }

    @Override
    public String question() {
        return "placing orders with %d waiting, in shared transactions against one transaction each".formatted(callers);
    }

    @Override
    public String things() {
        return "orders";
    }

    @Override
    public Contender subject() {
        return new Contender("shared", List.of(1, 2, 4, 8), connections -> PlacingSide.shared(callers, connections));
    }

    @Override
    public Contender peer() {
        return new Contender(
                "one each",
                List.of(8, 16, 32, 64, 128),
                connections -> PlacingSide.oneTransactionEach(callers, connections));
    }
}
