package dev.breakwater.inventory.reservations;

import dev.breakwater.benchmarks.Benchmark;
import dev.breakwater.benchmarks.Contender;
import dev.breakwater.benchmarks.Target;
import java.util.List;

/** Reserving stock in batches, decided in memory, against other ways to do it. */
public record ReserveBenchmark(String name, String question, Contender subject, Contender peer, Target target)
        implements Benchmark {

    /**
     * Against a transaction with a conditional update for each command.
     *
     * @param products over how many the orders spread; 1 is the hot row
     * @param callers commands in flight at the same time
     */
    public static ReserveBenchmark againstOneEach(int products, int callers, Target target) {
        return new ReserveBenchmark(
                name("reserve", products, callers),
                "reserving one piece of %s with %d in flight, in batches against one transaction each"
                        .formatted(of(products), callers),
                batched("batched", products, callers, StockCommandHandler.EXPECT_FROM),
                new Contender(
                        "one each",
                        List.of(2, 4, 8, 16, 32),
                        connections -> new ReservingOneByOne(products, callers, connections)),
                target);
    }

    /** Against batches that write nothing before their stock is locked. */
    public static ReserveBenchmark againstUnderTheLock(int products, int callers) {
        return new ReserveBenchmark(
                name("expect", products, callers),
                "reserving one piece of %s with %d in flight, in batches written as expected against all under the lock"
                        .formatted(of(products), callers),
                batched("as expected", products, callers, StockCommandHandler.EXPECT_FROM),
                batched("under the lock", products, callers, Integer.MAX_VALUE),
                new Target.Told());
    }

    @Override
    public String things() {
        return "orders";
    }

    private static Contender batched(String name, int products, int callers, int expectFrom) {
        return new Contender(
                name,
                List.of(1, 2, 3, 4),
                connections -> new BatchedReserving(products, callers, connections, expectFrom));
    }

    private static String name(String what, int products, int callers) {
        return what + "-" + callers + (products == 1 ? "" : "-over-" + products);
    }

    private static String of(int products) {
        return products == 1 ? "one product" : "one of " + products + " products";
    }
}
