package dev.breakwater.platform.loadbalancing;

import static java.util.stream.Collectors.toSet;

import dev.breakwater.platform.loadbalancing.Member.Key;
import dev.breakwater.platform.loadbalancing.nodes.Ejections;
import dev.breakwater.platform.loadbalancing.nodes.Node;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/**
 * All instances of a service that were told of lately, whichever request they were told for. Looked up by any thread;
 * changed by one at a time, for which {@link Memberships} sees.
 */
final class KnownNodes {

    /** So long an instance is told of no more before what is known of it is forgotten. */
    static final Duration IDLE = Duration.ofSeconds(30);

    private final NodeMetrics metrics;
    private final Ejections ejections;
    private final LongSupplier nanos;
    private final Map<Key, Known> byKey = new ConcurrentHashMap<>();

    KnownNodes(NodeMetrics metrics, Ejections ejections, LongSupplier nanos) {
        this.metrics = metrics;
        this.ejections = ejections;
        this.nanos = nanos;
    }

    private record Known(Member member, long told) {}

    @Nullable
    Member member(ServiceInstance instance) {
        var known = byKey.get(Key.of(instance));
        return known == null ? null : known.member;
    }

    List<Node> nodes() {
        return byKey.values().stream().map(known -> known.member.node()).toList();
    }

    /** Those that are there at the very first are taken to be warm. */
    List<Member> tell(Collection<ServiceInstance> told, long now, LoadBalancingSettings settings) {
        var areFirst = byKey.isEmpty();
        var members = told.stream()
                .map(instance -> member(instance, areFirst, now, settings))
                .toList();
        forgetIdle(now);
        return members;
    }

    void tellAgain(Collection<Member> members, long now) {
        for (var member : members) {
            byKey.put(Key.of(member.instance()), new Known(member, now));
        }
        forgetIdle(now);
    }

    private Member member(ServiceInstance instance, boolean isFirst, long now, LoadBalancingSettings settings) {
        var key = Key.of(instance);
        var weight = Member.weightOf(instance);
        var version = Member.versionOf(instance);
        var before = byKey.get(key);
        Node node;
        if (before == null) {
            node = isFirst
                    ? Node.warm(key.text(), weight, now, settings.slowStart(), settings.latencyMemory())
                    : Node.cold(key.text(), weight, now, settings.slowStart(), settings.latencyMemory());
            metrics.add(node, nanos);
        } else {
            node = before.member.node();
            node.weigh(weight);
        }
        var member = new Member(instance, node, version, metrics.ofVersion(version));
        byKey.put(key, new Known(member, now));
        return member;
    }

    private void forgetIdle(long now) {
        byKey.values().removeIf(known -> {
            var isIdle = now - known.told > IDLE.toNanos();
            if (isIdle) {
                metrics.remove(known.member.node());
            }
            return isIdle;
        });
        metrics.retainVersions(
                byKey.values().stream().map(known -> known.member.version()).collect(toSet()));
        ejections.among(nodes());
    }
}
