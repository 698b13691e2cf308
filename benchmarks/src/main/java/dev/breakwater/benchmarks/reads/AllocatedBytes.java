package dev.breakwater.benchmarks.reads;

import java.io.IOException;
import java.util.regex.Pattern;

/**
 * How much a running service has allocated, from its own metrics: what its collections found allocated since the ones
 * before, and what was allocated since the last.
 */
final class AllocatedBytes {

    private static final Pattern COLLECTED =
            Pattern.compile("(?m)^jvm_gc_memory_allocated_bytes_total(?:\\{[^}]*})? (\\S+)");
    private static final Pattern SINCE = Pattern.compile("(?m)^jvm_memory_used_bytes\\{[^}]*Eden[^}]*} (\\S+)");

    private AllocatedBytes() {}

    static double of(int managementPort) throws IOException, InterruptedException {
        return of(Metrics.of(managementPort));
    }

    static double of(Metrics metrics) {
        return metrics.value(COLLECTED) + metrics.value(SINCE);
    }
}
