package dev.breakwater.platform.loadbalancing.strategies;

import java.util.Arrays;
import java.util.List;

/**
 * A ring of hashes on which each node stands at many places (Karger et al., "Consistent Hashing and Random Trees",
 * 1997): a key belongs to the node at the first place at or after its own hash, so that a node which leaves takes away
 * only its own keys, and one that comes takes keys only for itself. With {@code v} places a node, shares differ from
 * each other by about {@code 1 / sqrt(v)}.
 *
 * <p>Where the nodes stand depends on their ids alone: every caller has the same ring. A place is one word, 47 bits of
 * hash above the number of its node, and a look-up a binary search over a plain array.
 */
public final class Ring {

    private static final int NODE_BITS = 16;
    private static final int UNUSED_BITS = Long.SIZE - 47;
    private static final long NODE_MASK = (1L << NODE_BITS) - 1;
    private static final int MOST_NODES = 1 << NODE_BITS;
    /** The step of SplitMix64: the golden ratio. */
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final List<String> ids;
    private final long[] places;

    /**
     * @param ids of the nodes, all different
     * @param virtualNodes how many places each has
     * @throws IllegalArgumentException for more than 65,536 nodes
     */
    public Ring(List<String> ids, int virtualNodes) {
        if (ids.size() > MOST_NODES) {
            throw new IllegalArgumentException("at most %d nodes: %d".formatted(MOST_NODES, ids.size()));
        }
        this.ids = List.copyOf(ids);
        places = new long[ids.size() * virtualNodes];
        for (var node = 0; node < ids.size(); node++) {
            var hash = Hashes.of(ids.get(node));
            for (var i = 0; i < virtualNodes; i++) {
                hash += STEP;
                places[node * virtualNodes + i] = position(Hashes.mixed(hash)) | node;
            }
        }
        Arrays.sort(places);
    }

    boolean isOf(List<String> others) {
        return ids.equals(others);
    }

    /** The place that a key belongs to. */
    public int find(long key) {
        var found = Arrays.binarySearch(places, position(key));
        var place = found >= 0 ? found : -found - 1;
        return place == places.length ? 0 : place;
    }

    public int next(int place) {
        return place + 1 == places.length ? 0 : place + 1;
    }

    /** The node that stands there, as the number of its id. */
    public int node(int place) {
        return (int) (places[place] & NODE_MASK);
    }

    int size() {
        return places.length;
    }

    private static long position(long hash) {
        return hash >>> UNUSED_BITS << NODE_BITS;
    }
}
