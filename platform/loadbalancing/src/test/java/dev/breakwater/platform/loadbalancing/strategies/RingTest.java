package dev.breakwater.platform.loadbalancing.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RingTest {

    private static final int KEYS = 200_000;

    @Test
    void when_a_node_leaves_its_keys_move_and_no_others() {
        var ids = ids(5);
        var all = new Ring(ids, ConsistentHash.VIRTUAL_NODES);
        var moved = 0.0;
        for (var gone : ids) {
            var others = without(ids, gone);
            var left = new Ring(others, ConsistentHash.VIRTUAL_NODES);
            var random = new Random(1);
            for (var i = 0; i < KEYS; i++) {
                var key = random.nextLong();
                var before = owner(all, ids, key);
                var after = owner(left, others, key);
                if (before.equals(gone)) {
                    moved++;
                } else {
                    assertThat(after).isEqualTo(before);
                }
            }
        }

        assertThat(moved / KEYS / ids.size()).isCloseTo(0.2, within(0.01));
    }

    /** Rings of any size: what comes or goes changes only what is its own, and a key belongs to what comes after it. */
    @Test
    void rings_of_any_nodes_move_no_key_between_those_that_stay() {
        for (var seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var ids = Stream.generate(() -> "10.0." + random.nextInt(256) + "." + random.nextInt(256) + ":8080")
                    .distinct()
                    .limit(2 + random.nextInt(30))
                    .toList();
            var virtualNodes = 1 + random.nextInt(200);
            var gone = ids.get(random.nextInt(ids.size()));
            var others = without(ids, gone);
            var all = new Ring(ids, virtualNodes);
            var left = new Ring(others, virtualNodes);

            for (var i = 0; i < 500; i++) {
                var key = random.nextLong();
                var before = owner(all, ids, key);
                if (!before.equals(gone)) {
                    assertThat(owner(left, others, key)).isEqualTo(before);
                }
            }
        }
    }

    @Test
    void a_walk_around_meets_every_place_once() {
        for (var seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var nodes = 1 + random.nextInt(20);
            var ring = new Ring(ids(nodes), 10);
            var met = new int[nodes];
            var place = ring.find(random.nextLong());
            for (var i = 0; i < ring.size(); i++) {
                met[ring.node(place)]++;
                place = ring.next(place);
            }

            assertThat(met).containsOnly(10);
        }
    }

    @Test
    void shares_differ_by_little() {
        var ids = ids(5);
        var ring = new Ring(ids, ConsistentHash.VIRTUAL_NODES);
        var random = new Random(3);
        var shares = new int[5];
        for (var i = 0; i < KEYS; i++) {
            shares[ring.node(ring.find(random.nextLong()))]++;
        }

        assertThat(IntStream.of(shares))
                .allSatisfy(share -> assertThat((double) share / KEYS).isBetween(0.15, 0.25));
    }

    private static String owner(Ring ring, List<String> ids, long key) {
        return ids.get(ring.node(ring.find(key)));
    }

    private static List<String> ids(int nodes) {
        return IntStream.range(0, nodes).mapToObj(i -> "node-" + i).toList();
    }

    private static List<String> without(List<String> ids, String gone) {
        var others = new ArrayList<>(ids);
        others.remove(gone);
        return others;
    }
}
