package dev.breakwater.platform.loadbalancing;

import static java.util.stream.Collectors.toSet;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.breakwater.platform.loadbalancing.Member.Key;
import dev.breakwater.platform.loadbalancing.nodes.Call;
import dev.breakwater.platform.loadbalancing.nodes.Ejections;
import dev.breakwater.platform.loadbalancing.nodes.Node;
import dev.breakwater.platform.loadbalancing.strategies.Hashes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/**
 * The picks and the calls of one client. What the registry tells is compared with what it told last; only when that, or
 * a setting, has changed, is anything built anew. What is known of an instance stays for as long as it is told.
 */
final class BalancedClient {

    private final String service;
    private final Supplier<LoadBalancingSettings> settings;
    private final NodeMetrics metrics;
    private final LongSupplier nanos;
    private final LongSupplier random;
    private final Ejections ejections;
    /** Those that another balancer, or nobody, has chosen. */
    private final Node strangers;

    private final ReentrantLock changing = new ReentrantLock();
    private volatile Membership membership;

    BalancedClient(
            String service,
            Supplier<LoadBalancingSettings> settings,
            NodeMetrics metrics,
            LongSupplier nanos,
            LongSupplier random) {
        this.service = service;
        this.settings = settings;
        this.metrics = metrics;
        this.nanos = nanos;
        this.random = random;
        ejections = new Ejections(service, () -> settings.get().ejection());
        var now = settings.get();
        strangers = Node.warm("strangers", 1, nanos.getAsLong(), now.slowStart(), now.latencyMemory());
        membership = Membership.none(now, now.rulesOf(service));
    }

    /**
     * @param told the instances that there are now
     * @return null if there are none
     */
    @Nullable
    ServiceInstance pick(List<ServiceInstance> told, Picking picking) {
        if (told.isEmpty()) {
            return null;
        }
        var current = current(told);
        var rules = current.rules();
        var now = nanos.getAsLong();
        var avoided = current.node(picking.previous());
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
        return Call.begin(node(instance), ejections, nanos);
    }

    Node node(ServiceInstance instance) {
        var known = membership.node(instance);
        return known == null ? strangers : known;
    }

    List<Node> nodes() {
        return membership.nodes();
    }

    /** Without a key, chance decides. */
    private long hash(@Nullable String key) {
        return key == null ? random.getAsLong() : Hashes.of(key);
    }

    private Membership current(List<ServiceInstance> told) {
        var known = membership;
        var settingsNow = settings.get();
        if (known.isOf(told, settingsNow)) {
            return known;
        }
        // Whoever is late goes on with what there was; only at the very first there is nothing to go on with.
        if (known.byKey().isEmpty()) {
            changing.lock();
        } else if (!changing.tryLock()) {
            return known;
        }
        try {
            var before = membership;
            if (!before.isOf(told, settingsNow)) {
                membership = before.reordered(told, settingsNow).orElseGet(() -> changed(before, told, settingsNow));
            }
            return membership;
        } finally {
            changing.unlock();
        }
    }

    private Membership changed(Membership before, List<ServiceInstance> told, LoadBalancingSettings settingsNow) {
        // In one order, whatever the registry's: so a ring is the same as long as its nodes are.
        var byText = new TreeMap<String, Member>();
        told.forEach(instance ->
                byText.computeIfAbsent(Key.of(instance).text(), id -> member(before, instance, id, settingsNow)));
        var members = List.copyOf(byText.values());
        before.inOrder().stream()
                .map(Member::node)
                .filter(node -> !byText.containsKey(node.id()))
                .forEach(metrics::remove);
        metrics.retainVersions(members.stream().map(Member::version).collect(toSet()));
        ejections.among(members.stream().map(Member::node).toList());
        var rules = settingsNow.rulesOf(service);
        return new Membership(
                told,
                told.stream()
                        .map(instance -> Objects.requireNonNull(
                                byText.get(Key.of(instance).text())))
                        .toList(),
                byKey(members),
                settingsNow,
                rules,
                Sides.of(members, rules.strategy(), rules.canary(), before.sides(), random));
    }

    private static Map<Key, Member> byKey(List<Member> members) {
        return members.stream().collect(toUnmodifiableMap(member -> Key.of(member.instance()), member -> member));
    }

    private Member member(Membership before, ServiceInstance instance, String id, LoadBalancingSettings settingsNow) {
        var version = Member.versionOf(instance);
        var weight = Member.weightOf(instance);
        var node = before.node(instance);
        if (node == null) {
            var now = nanos.getAsLong();
            node = before.byKey().isEmpty()
                    ? Node.warm(id, weight, now, settingsNow.slowStart(), settingsNow.latencyMemory())
                    : Node.cold(id, weight, now, settingsNow.slowStart(), settingsNow.latencyMemory());
            metrics.add(node, nanos);
        } else {
            node.weigh(weight);
        }
        return new Member(instance, node, version, metrics.ofVersion(version));
    }
}
