package dev.breakwater.platform.loadbalancing.strategies;

import dev.breakwater.platform.loadbalancing.nodes.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same node for the same key, and yet none with much more than the others: consistent hashing with bounded loads
 * (Mirrokni, Thorup and Zadimoghaddam, "Consistent Hashing with Bounded Loads", 2016). With {@code m} calls in flight
 * at {@code n} nodes that get calls, and a bound {@code c > 1}, none takes more than
 *
 * <pre>
 *   ceil(c * (m + 1) / n)
 * </pre>
 *
 * at a time but for what races: of those who pick in the same moment none sees the others' calls, which begin
 * afterwards, so a node may get one more for each of them. A key whose node on the {@link Ring} is full goes to the
 * next that is not. A key that everybody wants thus spreads over as many nodes as it needs, always the same ones, and
 * all other keys stay where they are.
 *
 * <p>A node that starts slowly takes the part of its keys that it gets calls for at all, by their hash: each key comes
 * over once and stays.
 */
public final class ConsistentHash implements Picker {

    public static final int VIRTUAL_NODES = 160;
    public static final double BOUND = 1.25;

    /** So many places for each node are as good as all: one that is not among them is one in 10 million. */
    private static final int ENOUGH_PLACES = 16;
    /** Up to here counting anew at each pick costs less than the search in the ring. */
    private static final int FEW = 16;
    /** 1.05 ms. */
    private static final int TICK_BITS = 20;
    /** So that the part of a node's keys is not the part nearest to it on the ring. */
    private static final long SALT = 0x2545f4914f6cdd1dL;

    private final Node[] nodes;
    private final Ring ring;
    private final double bound;
    private volatile Capacity capacity = new Capacity(Long.MIN_VALUE, 0);

    /** How many calls a node may have, counted in a tick of the clock; 0 if none gets calls. */
    private record Capacity(long tick, int calls) {}

    /** @param ring of the same nodes in the same order */
    public ConsistentHash(List<Node> nodes, Ring ring, double bound) {
        this.nodes = nodes.toArray(Node[]::new);
        this.ring = ring;
        this.bound = bound;
    }

    /** @param before whose ring is taken over if it is of the same nodes; none if null */
    public static ConsistentHash of(List<Node> nodes, @Nullable Picker before) {
        var ids = nodes.stream().map(Node::id).toList();
        var ring = before instanceof ConsistentHash old && old.ring.isOf(ids) ? old.ring : new Ring(ids, VIRTUAL_NODES);
        return new ConsistentHash(nodes, ring, BOUND);
    }

    boolean hasRingOf(ConsistentHash other) {
        return ring == other.ring;
    }

    @Override
    public int pick(long key, long now, @Nullable Node avoided) {
        var most = capacity(now);
        var isCertain = nodes.length <= FEW;
        var place = ring.find(key);
        if (most == 0) {
            return notAvoided(place, avoided);
        }
        var roll = Hashes.fraction(Hashes.mixed(key ^ SALT));
        var full = -1;
        for (var seen = 0; seen < ring.size() && (full < 0 || seen < ENOUGH_PLACES * nodes.length); seen++) {
            var index = ring.node(place);
            if (nodes[index] != avoided && roll < nodes[index].share(now)) {
                if (nodes[index].inFlight() >= most && !isCertain) {
                    most = recounted(now);
                    isCertain = true;
                }
                if (nodes[index].inFlight() < most) {
                    return index;
                }
                full = full < 0 ? index : full;
            }
            place = ring.next(place);
        }
        return full < 0 ? notAvoided(place, avoided) : full;
    }

    private int notAvoided(int from, @Nullable Node avoided) {
        var place = from;
        for (var left = ring.size(); left > 0 && nodes[ring.node(place)] == avoided; left--) {
            place = ring.next(place);
        }
        return ring.node(place);
    }

    /**
     * Many nodes are counted when a node looks full, and else once in a tick: calls that ended since let one have a few
     * more for a millisecond, and calls that began since never make one look full.
     */
    private int capacity(long now) {
        if (nodes.length <= FEW) {
            return counted(now);
        }
        var known = capacity;
        return known.tick == now >> TICK_BITS ? known.calls : recounted(now);
    }

    private int recounted(long now) {
        var counted = new Capacity(now >> TICK_BITS, counted(now));
        capacity = counted;
        return counted.calls;
    }

    private int counted(long now) {
        // One that starts slowly counts for what it takes, or the others were full before they had everything.
        var usable = 0.0;
        var inFlight = 0;
        for (var node : nodes) {
            var share = node.share(now);
            usable += share;
            inFlight += share > 0 ? node.inFlight() : 0;
        }
        return usable == 0 ? 0 : (int) Math.ceil(bound * (inFlight + 1) / usable);
    }
}
