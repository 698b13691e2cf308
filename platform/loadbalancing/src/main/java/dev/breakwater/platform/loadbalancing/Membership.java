package dev.breakwater.platform.loadbalancing;

import dev.breakwater.platform.loadbalancing.LoadBalancingSettings.Rules;
import dev.breakwater.platform.loadbalancing.Member.Key;
import dev.breakwater.platform.loadbalancing.nodes.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/**
 * Who belongs to a service, as of one look at the registry and under one version of the settings.
 *
 * @param told the list that the registry gave
 * @param inOrder the members in the order of that list
 * @param byKey the same members
 * @param settings that {@code rules} are taken from
 */
record Membership(
        List<ServiceInstance> told,
        List<Member> inOrder,
        Map<Key, Member> byKey,
        LoadBalancingSettings settings,
        Rules rules,
        Sides sides) {

    static Membership none(LoadBalancingSettings settings, Rules rules) {
        return new Membership(List.of(), List.of(), Map.of(), settings, rules, new Sides(null, null, null));
    }

    /** Whether nothing has changed since. Asked at each pick, so the cheap answer comes first. */
    boolean isOf(List<ServiceInstance> toldNow, LoadBalancingSettings settingsNow) {
        return settings == settingsNow && (told == toldNow || isSame(toldNow));
    }

    /** The same members, in the order in which the registry tells them now; empty if others are told. */
    Optional<Membership> reordered(List<ServiceInstance> toldNow, LoadBalancingSettings settingsNow) {
        if (settings != settingsNow || toldNow.size() != inOrder.size()) {
            return Optional.empty();
        }
        var order = new ArrayList<Member>(toldNow.size());
        for (var instance : toldNow) {
            var member = byKey.get(Key.of(instance));
            if (member == null || !member.isAsIn(instance)) {
                return Optional.empty();
            }
            order.add(member);
        }
        // One that is told twice may hide another that is told no more.
        return Set.copyOf(order).size() == byKey.size()
                ? Optional.of(new Membership(toldNow, List.copyOf(order), byKey, settings, rules, sides))
                : Optional.empty();
    }

    @Nullable
    Node node(@Nullable ServiceInstance instance) {
        var member = instance == null ? null : byKey.get(Key.of(instance));
        return member == null ? null : member.node();
    }

    List<Node> nodes() {
        return byKey.values().stream().map(Member::node).toList();
    }

    private boolean isSame(List<ServiceInstance> toldNow) {
        if (toldNow.size() != inOrder.size()) {
            return false;
        }
        for (var i = 0; i < toldNow.size(); i++) {
            if (!inOrder.get(i).isAsIn(toldNow.get(i))) {
                return false;
            }
        }
        return true;
    }
}
