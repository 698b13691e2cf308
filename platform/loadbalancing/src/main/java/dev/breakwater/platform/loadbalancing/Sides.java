package dev.breakwater.platform.loadbalancing;

import dev.breakwater.platform.loadbalancing.LoadBalancingSettings.CanaryShare;
import dev.breakwater.platform.loadbalancing.nodes.Node;
import dev.breakwater.platform.loadbalancing.strategies.Canary;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The two sides of a canary, or one where there is none.
 *
 * @param canary null where all instances are alike
 * @param fresh the instances of the new version; null if there are none
 * @param rest all others; null if there are none
 */
record Sides(
        @Nullable Canary canary,
        @Nullable Side fresh,
        @Nullable Side rest) {

    static Sides of(
            List<Member> members,
            Strategy strategy,
            @Nullable CanaryShare share,
            @Nullable Sides before,
            LongSupplier random) {
        var freshBefore = before == null ? null : before.fresh;
        var restBefore = before == null ? null : before.rest;
        if (share == null) {
            return new Sides(null, null, side(members, member -> true, strategy, restBefore, random));
        }
        Predicate<Member> isFresh = member -> member.version().equals(share.version());
        return new Sides(
                new Canary(share.version(), share.share()),
                side(members, isFresh, strategy, freshBefore, random),
                side(members, isFresh.negate(), strategy, restBefore, random));
    }

    private static @Nullable Side side(
            List<Member> members,
            Predicate<Member> which,
            Strategy strategy,
            @Nullable Side before,
            LongSupplier random) {
        var own = members.stream().filter(which).toList();
        return own.isEmpty() ? null : new Side(own, strategy, before, random);
    }

    /**
     * @param customer the hash of who shall stay on one side
     * @return a side that can take the call if there is one: better the other version than none
     */
    @Nullable
    Side sideOf(long customer, long now, @Nullable Node avoided) {
        if (canary == null || fresh == null || rest == null) {
            return rest == null ? fresh : rest;
        }
        var wanted = canary.takes(customer) ? fresh : rest;
        var other = wanted == fresh ? rest : fresh;
        return wanted.isOpen(now, avoided) || !other.isOpen(now, avoided) ? wanted : other;
    }
}
