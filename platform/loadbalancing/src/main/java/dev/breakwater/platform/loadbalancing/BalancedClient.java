package dev.breakwater.platform.loadbalancing;

import dev.breakwater.platform.loadbalancing.nodes.Call;
import dev.breakwater.platform.loadbalancing.nodes.Ejections;
import dev.breakwater.platform.loadbalancing.nodes.Node;
import dev.breakwater.platform.loadbalancing.strategies.Hashes;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/** The picks and the calls of one client. */
final class BalancedClient {

    private final LongSupplier nanos;
    private final LongSupplier random;
    private final Ejections ejections;
    private final KnownNodes known;
    private final Memberships memberships;
    /** Those that another balancer, or nobody, has chosen. */
    private final Node strangers;

    BalancedClient(
            String service,
            Supplier<LoadBalancingSettings> settings,
            NodeMetrics metrics,
            LongSupplier nanos,
            LongSupplier random) {
        this.nanos = nanos;
        this.random = random;
        ejections = new Ejections(service, () -> settings.get().ejection());
        known = new KnownNodes(metrics, ejections, nanos);
        memberships = new Memberships(service, settings, known, random);
        var now = settings.get();
        strangers = Node.warm("strangers", 1, nanos.getAsLong(), now.slowStart(), now.latencyMemory());
    }

    /**
     * @param told the instances that there are now, for this request
     * @return one of them; null if there are none
     */
    @Nullable
    ServiceInstance pick(List<ServiceInstance> told, Picking picking) {
        if (told.isEmpty()) {
            return null;
        }
        var now = nanos.getAsLong();
        var current = memberships.of(told, now);
        var rules = current.rules();
        var avoided = nodeOrNull(picking.previous());
        var canary = rules.canary();
        var customer = canary == null ? 0 : hash(picking.customer(canary.stickyHeader()));
        var side = current.sides().sideOf(customer, now, avoided);
        if (side == null) {
            return null;
        }
        var key = rules.strategy() == Strategy.CONSISTENT_HASH ? hash(picking.key(rules.keyHeader())) : 0;
        var member = side.pick(key, now, avoided);
        member.picked();
        return member.instance();
    }

    Call begin(ServiceInstance instance) {
        var member = known.member(instance);
        return member == null
                ? Call.begin(strangers, ejections, nanos)
                : Call.begin(member.node(), ejections, nanos, member.meters());
    }

    Node node(ServiceInstance instance) {
        var node = nodeOrNull(instance);
        return node == null ? strangers : node;
    }

    List<Node> nodes() {
        return known.nodes();
    }

    private @Nullable Node nodeOrNull(@Nullable ServiceInstance instance) {
        var member = instance == null ? null : known.member(instance);
        return member == null ? null : member.node();
    }

    /** Without a key, chance decides. */
    private long hash(@Nullable String key) {
        return key == null ? random.getAsLong() : Hashes.of(key);
    }
}
