package dev.breakwater.platform.loadbalancing;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.breakwater.platform.loadbalancing.LoadBalancingSettings.Rules;
import dev.breakwater.platform.loadbalancing.Member.Key;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.cloud.client.ServiceInstance;

/**
 * The instances that were told for a request, and what settings make of them.
 *
 * @param told as the registry told them
 * @param inOrder the members, in that order
 * @param byKey the same, once each
 */
record Membership(
        List<ServiceInstance> told,
        List<Member> inOrder,
        Map<Key, Member> byKey,
        LoadBalancingSettings settings,
        Rules rules,
        Sides sides) {

    static Membership of(
            List<ServiceInstance> told,
            List<Member> members,
            LoadBalancingSettings settings,
            Rules rules,
            Sides sides) {
        var byKey = members.stream().collect(toUnmodifiableMap(member -> Key.of(member.instance()), member -> member));
        var inOrder = told.stream()
                .map(instance -> Objects.requireNonNull(byKey.get(Key.of(instance))))
                .toList();
        return new Membership(told, inOrder, byKey, settings, rules, sides);
    }

    /** Whether nothing has changed since. Asked at each pick, so the cheap answer comes first. */
    boolean isOf(List<ServiceInstance> toldNow, LoadBalancingSettings settingsNow) {
        return settings == settingsNow && (told == toldNow || isSame(toldNow));
    }

    /** Whether the same are told in another order. */
    boolean isOfReordered(List<ServiceInstance> toldNow, LoadBalancingSettings settingsNow) {
        if (settings != settingsNow || toldNow.size() != inOrder.size()) {
            return false;
        }
        var members = new HashSet<Key>();
        for (var instance : toldNow) {
            var key = Key.of(instance);
            var member = byKey.get(key);
            if (member == null || !member.isAsIn(instance)) {
                return false;
            }
            members.add(key);
        }
        // One that is told twice may hide another that is told no more.
        return members.size() == byKey.size();
    }

    Collection<Member> members() {
        return byKey.values();
    }

    boolean isAmong(List<Member> others) {
        return byKey.size() == others.size()
                && others.stream().allMatch(other -> byKey.containsKey(Key.of(other.instance())));
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
