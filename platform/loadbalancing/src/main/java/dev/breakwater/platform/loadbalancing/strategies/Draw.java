package dev.breakwater.platform.loadbalancing.strategies;

import dev.breakwater.platform.loadbalancing.nodes.Node;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A draw over all nodes in proportion to their weights: what is left when the cheap ways to find a usable one failed.
 */
final class Draw {

    /** What weight 0 counts as: nothing beside any other, and everything where there is no other. */
    private static final double NEXT_TO_NOTHING = 1e-12;

    private final Node[] nodes;
    private final double[] weights;
    private final LongSupplier random;

    /** @param random 64 even bits each time */
    Draw(Node[] nodes, int[] weights, LongSupplier random) {
        this.nodes = nodes;
        this.random = random;
        this.weights = IntStream.of(weights)
                .mapToDouble(weight -> Math.max(NEXT_TO_NOTHING, weight))
                .toArray();
    }

    /** Whether a node that has a turn takes it. */
    boolean takes(int index, long now) {
        var share = nodes[index].share(now);
        return share == 1 || share > 0 && Hashes.fraction(random.getAsLong()) < share;
    }

    /** Among those that get calls; if there are none, among all. */
    int any(long now, @Nullable Node avoided) {
        var total = 0.0;
        var allTotal = 0.0;
        for (var i = 0; i < nodes.length; i++) {
            if (nodes[i] != avoided) {
                total += weights[i] * nodes[i].share(now);
                allTotal += weights[i];
            }
        }
        return total > 0 ? at(total, now, false, avoided) : at(allTotal, now, true, avoided);
    }

    private int at(double total, long now, boolean panic, @Nullable Node avoided) {
        var left = Hashes.fraction(random.getAsLong()) * total;
        // If there is only the avoided one, that.
        var last = nodes[0] == avoided && nodes.length > 1 ? 1 : 0;
        for (var i = 0; i < nodes.length; i++) {
            var part = nodes[i] == avoided ? 0 : weights[i] * (panic ? 1 : nodes[i].share(now));
            if (part > 0) {
                last = i;
                left -= part;
                if (left < 0) {
                    return i;
                }
            }
        }
        return last;
    }
}
