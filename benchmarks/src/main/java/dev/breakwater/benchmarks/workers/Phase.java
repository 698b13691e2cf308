package dev.breakwater.benchmarks.workers;

import java.time.Duration;
import java.util.List;

/**
 * How the dependency is for a while.
 *
 * @param servers how many calls it works at, at the same time
 * @param service how long one takes on average, the wait for a server not counted
 */
record Phase(String name, int servers, Duration service) {

    static final List<Phase> ALL = List.of(
            new Phase("quick", 40, Duration.ofMillis(20)),
            new Phase("slow", 20, Duration.ofMillis(100)),
            new Phase("quick again", 40, Duration.ofMillis(20)));

    /** What it can do a second at best. */
    double capacity() {
        return servers / (service.toNanos() / 1e9);
    }
}
