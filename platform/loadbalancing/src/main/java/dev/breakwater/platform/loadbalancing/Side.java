package dev.breakwater.platform.loadbalancing;

import dev.breakwater.platform.loadbalancing.nodes.Node;
import dev.breakwater.platform.loadbalancing.strategies.Picker;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The instances that a call is balanced over: all of a service, or those of one side of a canary. */
final class Side {

    private final List<Member> members;
    private final Picker picker;

    /**
     * @param members at least one
     * @param before the side as it was
     */
    Side(List<Member> members, Strategy strategy, @Nullable Side before, LongSupplier random) {
        this.members = members;
        picker = strategy.picker(
                members.stream().map(Member::node).toList(), before == null ? null : before.picker, random);
    }

    Member pick(long key, long now, @Nullable Node avoided) {
        return members.get(picker.pick(key, now, avoided));
    }

    /** Whether somebody other than {@code avoided} gets calls. The first one does, nearly always. */
    boolean isOpen(long now, @Nullable Node avoided) {
        for (var i = 0; i < members.size(); i++) {
            var node = members.get(i).node();
            if (node != avoided && node.share(now) > 0) {
                return true;
            }
        }
        return false;
    }
}
