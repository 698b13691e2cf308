package dev.breakwater.platform.loadbalancing.strategies;

import dev.breakwater.platform.loadbalancing.nodes.Node;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among a fixed list of nodes, at least one; another list needs another picker. Nobody waits for anybody, and a
 * pick allocates nothing.
 *
 * <p>All strategies treat a node's state alike. One that is ejected is passed over, its calls going to the others in
 * their proportions; one that starts slowly is taken for a part of its turns. If none is left, all are used: calls that
 * may fail are better than calls that certainly do.
 */
public sealed interface Picker permits RoundRobin, SmoothWeighted, LeastLoaded, ConsistentHash {

    /**
     * @param key the hash of what the call is about; looked at by consistent hashing alone
     * @param now in ns of the clock that the nodes are told in
     * @param avoided not this one, if there is another
     * @return its place in the list
     */
    int pick(long key, long now, @Nullable Node avoided);
}
