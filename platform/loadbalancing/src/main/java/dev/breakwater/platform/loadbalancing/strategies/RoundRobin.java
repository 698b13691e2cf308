package dev.breakwater.platform.loadbalancing.strategies;

import dev.breakwater.platform.loadbalancing.nodes.Node;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One after the other, whatever they weigh and however they are. One atomic increment a pick. */
public final class RoundRobin implements Picker {

    private final Turns turns;

    /** @param random 64 even bits each time, from any thread */
    public RoundRobin(List<Node> nodes, LongSupplier random) {
        var weights = new int[nodes.size()];
        Arrays.fill(weights, 1);
        turns = new Turns(
                nodes.toArray(Node[]::new), IntStream.range(0, nodes.size()).toArray(), weights, random);
    }

    @Override
    public int pick(long key, long now, @Nullable Node avoided) {
        return turns.next(now, avoided);
    }
}
