package dev.breakwater.inventory.reservations;

import dev.breakwater.benchmarks.Benchmark;
import dev.breakwater.benchmarks.Contender;
import dev.breakwater.benchmarks.Target;
import java.util.List;

/**
 * Batches that are written as expected before their stock is locked against batches that write all of it under the
 * lock.
 *
 * @param products over how many the orders spread; 1 is the hot row
 * @param callers commands in flight at the same time
 */
public record ExpectBenchmark(int products, int callers) implements Benchmark {

    @Override
    public String name() {
        return products == 1 ? "expect-" + callers : "expect-" + callers + "-over-" + products;
    }

    @Override
    public String question() {
        return "reserving in batches with %d in flight over %d products, written as expected or under the lock alone"
                .formatted(callers, products);
    }

    @Override
    public String things() {
        return "orders";
    }

    @Override
    public Target target() {
        return new Target.Told();
    }

    @Override
    public Contender subject() {
        return batched("as expected", BatchedReserving.EXPECT_FROM);
    }

    @Override
    public Contender peer() {
        return batched("under the lock", Integer.MAX_VALUE);
    }

    private Contender batched(String name, int expectFrom) {
        return new Contender(
                name,
                List.of(1, 2, 3, 4),
                connections -> new BatchedReserving(products, callers, connections, expectFrom));
    }
}
