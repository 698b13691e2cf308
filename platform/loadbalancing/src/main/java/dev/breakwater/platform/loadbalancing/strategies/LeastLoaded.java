package dev.breakwater.platform.loadbalancing.strategies;

import dev.breakwater.platform.loadbalancing.nodes.Node;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The better of two drawn at random: the power of two choices (Mitzenmacher, "The Power of Two Choices in Randomized
 * Load Balancing", 2001), which is nearly as good as asking all and, unlike the best of all, does not send everybody to
 * the same node at once. Better is the one with less
 *
 * <pre>
 *   score = latency * (inFlight + 1) / weight
 * </pre>
 *
 * with {@code latency} the peak-sensitive moving average of
 * {@link dev.breakwater.platform.loadbalancing.nodes.PeakEwma}, as in Finagle and Linkerd: how long a call that came
 * now would wait. A node that nobody has called yet is taken to be as fast as the other one.
 */
public final class LeastLoaded implements Picker {

    private static final int TRIES = 8;

    private final Node[] nodes;
    private final double[] weights;
    private final Draw draw;
    private final LongSupplier random;

    /** @param random 64 even bits each time, from any thread */
    public LeastLoaded(List<Node> nodes, LongSupplier random) {
        this.nodes = nodes.toArray(Node[]::new);
        this.random = random;
        weights = nodes.stream().mapToDouble(Node::weight).toArray();
        var even = new int[this.nodes.length];
        Arrays.fill(even, 1);
        draw = new Draw(this.nodes, even, random);
    }

    @Override
    public int pick(long key, long now, @Nullable Node avoided) {
        var one = drawn(-1, now, avoided);
        if (one < 0) {
            return draw.any(now, avoided);
        }
        var other = drawn(one, now, avoided);
        return other < 0 || !isBetter(other, one, now) ? one : other;
    }

    /** @return -1 if chance did not find one */
    private int drawn(int not, long now, @Nullable Node avoided) {
        var choices = not < 0 ? nodes.length : nodes.length - 1;
        for (var tries = choices == 0 ? 0 : TRIES; tries > 0; tries--) {
            var drawn = Hashes.bounded(random.getAsLong(), choices);
            var index = not < 0 || drawn < not ? drawn : drawn + 1;
            if (nodes[index] != avoided && draw.takes(index, now)) {
                return index;
            }
        }
        return -1;
    }

    private boolean isBetter(int index, int than, long now) {
        var latency = nodes[index].latency(now);
        var thanLatency = nodes[than].latency(now);
        if (latency == 0 || thanLatency == 0) {
            latency = 1;
            thanLatency = 1;
        }
        return latency * (nodes[index].inFlight() + 1) * weights[than]
                < thanLatency * (nodes[than].inFlight() + 1) * weights[index];
    }
}
