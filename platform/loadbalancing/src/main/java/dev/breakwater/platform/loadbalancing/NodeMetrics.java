package dev.breakwater.platform.loadbalancing;

import dev.breakwater.platform.loadbalancing.nodes.Health;
import dev.breakwater.platform.loadbalancing.nodes.Node;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The meters of one client: there are some for each instance that there is, and none for any that is gone. */
final class NodeMetrics {

    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<Node, List<Meter>> ofNodes = new ConcurrentHashMap<>();
    private final Map<String, VersionMeters> ofVersions = new ConcurrentHashMap<>();

    NodeMetrics(String service, MeterRegistry registry) {
        this.registry = registry;
        tags = Tags.of("client", service);
    }

    void add(Node node, LongSupplier nanos) {
        var own = tags.and("instance", node.id());
        ofNodes.put(
                node,
                List.of(
                        FunctionCounter.builder("loadbalancing.picks", node, Node::picks)
                                .description("Times that the instance was chosen")
                                .tags(own)
                                .register(registry),
                        FunctionCounter.builder("loadbalancing.requests", node, Node::requests)
                                .description("Calls to the instance that ended")
                                .tags(own)
                                .register(registry),
                        FunctionCounter.builder("loadbalancing.errors", node, Node::errors)
                                .description("Calls to the instance that failed")
                                .tags(own)
                                .register(registry),
                        Gauge.builder("loadbalancing.in_flight", node, Node::inFlight)
                                .description("Calls to the instance that are under way")
                                .tags(own)
                                .register(registry),
                        Gauge.builder("loadbalancing.ejected", node, known -> isEjected(known, nanos) ? 1 : 0)
                                .description("Whether the instance gets no calls for its failures")
                                .tags(own)
                                .register(registry),
                        TimeGauge.builder(
                                        "loadbalancing.latency",
                                        node,
                                        TimeUnit.NANOSECONDS,
                                        known -> known.latency(nanos.getAsLong()))
                                .description("What a call to the instance takes, by its peaks")
                                .tags(own)
                                .register(registry)));
    }

    void remove(Node node) {
        var meters = ofNodes.remove(node);
        if (meters != null) {
            meters.forEach(registry::remove);
        }
    }

    VersionMeters ofVersion(String version) {
        return ofVersions.computeIfAbsent(version, name -> VersionMeters.of(tags.and("version", name), registry));
    }

    void retainVersions(Set<String> versions) {
        ofVersions.entrySet().removeIf(entry -> {
            if (versions.contains(entry.getKey())) {
                return false;
            }
            entry.getValue().removeFrom(registry);
            return true;
        });
    }

    private static boolean isEjected(Node node, LongSupplier nanos) {
        return node.health(nanos.getAsLong()) == Health.EJECTED;
    }
}
