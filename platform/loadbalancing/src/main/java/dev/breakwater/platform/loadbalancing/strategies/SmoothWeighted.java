package dev.breakwater.platform.loadbalancing.strategies;

import dev.breakwater.platform.loadbalancing.nodes.Node;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * In proportion to weights, and spread out: the smooth weighted round robin of nginx
 * ({@code ngx_http_upstream_round_robin}, 2012). With node {@code i} of weight {@code w_i} and credit {@code c_i}, all
 * 0 at first, each pick
 *
 * <pre>
 *   c_i += w_i for all i;   picks the i with the largest c_i;   c_i -= w_1 + ... + w_n
 * </pre>
 *
 * After {@code w_1 + ... + w_n} picks, of which {@code i} has exactly {@code w_i}, all credits are 0 again. So that one
 * round is worked out once for a list, and a pick is one atomic increment, not a walk over all nodes under a lock.
 *
 * <p>Weights are divided by what they have in common. Rounds that are still long beyond measure (1,000 of 7,919 and the
 * like) are scaled down, by which a node may get up to one turn of the round too many or too few. A node of weight 0
 * gets calls only if no other is left.
 */
public final class SmoothWeighted implements Picker {

    private static final int LONGEST_ROUND = 65_536;
    /** Working out a round takes as many steps as it has turns, times nodes; these take some milliseconds. */
    private static final int MOST_STEPS = 4_000_000;

    private final Turns turns;

    /** @param random 64 even bits each time, from any thread */
    public SmoothWeighted(List<Node> nodes, LongSupplier random) {
        var weights = reduced(nodes.stream().mapToInt(Node::weight).toArray());
        turns = new Turns(nodes.toArray(Node[]::new), round(weights), weights, random);
    }

    @Override
    public int pick(long key, long now, @Nullable Node avoided) {
        return turns.next(now, avoided);
    }

    private static int[] round(int[] weights) {
        var total = IntStream.of(weights).sum();
        var credits = new int[weights.length];
        var round = new int[total];
        for (var turn = 0; turn < total; turn++) {
            var best = -1;
            for (var i = 0; i < weights.length; i++) {
                credits[i] += weights[i];
                if (weights[i] > 0 && (best < 0 || credits[i] > credits[best])) {
                    best = i;
                }
            }
            credits[best] -= total;
            round[turn] = best;
        }
        return round;
    }

    private static int[] reduced(int[] weights) {
        var common = IntStream.of(weights).reduce(0, SmoothWeighted::commonDivisor);
        if (common == 0) {
            var even = new int[weights.length];
            Arrays.fill(even, 1);
            return even;
        }
        var total = IntStream.of(weights).asLongStream().sum() / common;
        var longest = Math.max(weights.length, Math.min(LONGEST_ROUND, MOST_STEPS / weights.length));
        if (total <= longest) {
            return IntStream.of(weights).map(weight -> weight / common).toArray();
        }
        var scale = (double) longest / total / common;
        return IntStream.of(weights)
                .map(weight -> weight == 0 ? 0 : (int) Math.max(1, Math.round(weight * scale)))
                .toArray();
    }

    private static int commonDivisor(int a, int b) {
        return b == 0 ? a : commonDivisor(b, a % b);
    }
}
