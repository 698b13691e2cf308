package dev.breakwater.inventory.reservations;

import dev.breakwater.benchmarks.Benchmark;
import dev.breakwater.benchmarks.Contender;
import dev.breakwater.benchmarks.Target;
import java.util.List;

/**
 * Reserving stock: a batch decided in memory under the rows' locks against a conditional update a command.
 *
 * @param products over how many the orders spread; 1 is the hot row
 * @param callers commands in flight at the same time
 */
public record ReserveBenchmark(int products, int callers, Target target) implements Benchmark {

    @Override
    public String name() {
        return products == 1 ? "reserve-" + callers : "reserve-" + callers + "-over-" + products;
    }

    @Override
    public String question() {
        return "reserving one piece of %s with %d in flight, in batches against one transaction each"
                .formatted(products == 1 ? "one product" : "one of " + products + " products", callers);
    }

    @Override
    public String things() {
        return "orders";
    }

    @Override
    public Contender subject() {
        return new Contender(
                "batched",
                List.of(1, 2, 3, 4),
                connections -> new BatchedReserving(products, callers, connections, BatchedReserving.EXPECT_FROM));
    }

    @Override
    public Contender peer() {
        return new Contender(
                "one each",
                List.of(2, 4, 8, 16, 32),
                connections -> new ReservingOneByOne(products, callers, connections));
    }
}
