package dev.breakwater.benchmarks;

import java.util.List;

/**
 * One of the two ways.
 *
 * @param name for the table
 * @param poolSizes numbers of database connections; of several, the harness tries each and takes the best
 * @param opening makes it ready to run, on a database of its own
 */
public record Contender(String name, List<Integer> poolSizes, Opening opening) {

    /** Opens a side with so many database connections. */
    @FunctionalInterface
    public interface Opening {
        Side open(int poolSize) throws Exception;
    }

    public Contender {
        if (poolSizes.isEmpty()) {
            throw new IllegalArgumentException("a contender without a pool size");
        }
    }
}
