package dev.breakwater.platform.loadbalancing;

import dev.breakwater.platform.loadbalancing.nodes.Node;
import dev.breakwater.platform.loadbalancing.strategies.ConsistentHash;
import dev.breakwater.platform.loadbalancing.strategies.LeastLoaded;
import dev.breakwater.platform.loadbalancing.strategies.Picker;
import dev.breakwater.platform.loadbalancing.strategies.RoundRobin;
import dev.breakwater.platform.loadbalancing.strategies.SmoothWeighted;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a client may be balanced by; in properties {@code round-robin} and so on. */
public enum Strategy {
    ROUND_ROBIN,
    /** By the metadata {@code weight} of the instances, a whole number; 1 where there is none. */
    WEIGHTED,
    LEAST_LOADED,
    CONSISTENT_HASH;

    /** @param before what there was for other nodes or settings */
    Picker picker(List<Node> nodes, @Nullable Picker before, LongSupplier random) {
        return switch (this) {
            case ROUND_ROBIN -> new RoundRobin(nodes, random);
            case WEIGHTED -> new SmoothWeighted(nodes, random);
            case LEAST_LOADED -> new LeastLoaded(nodes, random);
            case CONSISTENT_HASH -> ConsistentHash.of(nodes, before);
        };
    }
}
