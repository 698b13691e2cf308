package dev.breakwater.platform.loadbalancing.strategies;

import dev.breakwater.platform.loadbalancing.nodes.Node;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns in a fixed order, again and again. A turn that its node does not take is used up, and the next number drawn: if
 * the neighbour took it instead, the neighbour of a dead node would do the work of two.
 */
final class Turns {

    private final Node[] nodes;
    private final int[] order;
    private final Draw draw;
    private final AtomicLong next;

    /** @param order places in {@code nodes} */
    Turns(Node[] nodes, int[] order, int[] weights, LongSupplier random) {
        this.nodes = nodes;
        this.order = order;
        draw = new Draw(nodes, weights, random);
        // Many callers that start at once must not all begin with the same node.
        next = new AtomicLong(Hashes.bounded(random.getAsLong(), order.length));
    }

    int next(long now, @Nullable Node avoided) {
        for (var tries = 2 * nodes.length; tries > 0; tries--) {
            var index = order[(int) (next.getAndIncrement() % order.length)];
            if (nodes[index] != avoided && draw.takes(index, now)) {
                return index;
            }
        }
        return draw.any(now, avoided);
    }
}
