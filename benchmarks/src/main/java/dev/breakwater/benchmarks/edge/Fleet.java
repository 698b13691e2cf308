package dev.breakwater.benchmarks.edge;

import dev.breakwater.platform.loadbalancing.nodes.Call;
import dev.breakwater.platform.loadbalancing.nodes.EjectionSettings;
import dev.breakwater.platform.loadbalancing.nodes.Ejections;
import dev.breakwater.platform.loadbalancing.nodes.Node;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** Instances of a service that exist in memory alone. */
record Fleet(List<Node> nodes, Ejections ejections, LongSupplier nanos) {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final EjectionSettings EJECTION =
            new EjectionSettings(5, 0.5, 20, TEN_SECONDS, Duration.ofSeconds(5), Duration.ofMinutes(5), 0.5);

    static Fleet of(LongSupplier nanos, int nodes) {
        return weighing(nanos, IntStream.generate(() -> 1).limit(nodes).toArray());
    }

    static Fleet weighing(LongSupplier nanos, int... weights) {
        var nodes = IntStream.range(0, weights.length)
                .mapToObj(i -> Node.warm("node-" + i, weights[i], nanos.getAsLong(), TEN_SECONDS, TEN_SECONDS))
                .toList();
        var ejections = new Ejections("fleet", () -> EJECTION);
        ejections.among(nodes);
        return new Fleet(nodes, ejections, nanos);
    }

    Call begin(int node) {
        return Call.begin(nodes.get(node), ejections, nanos);
    }
}
