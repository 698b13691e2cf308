package dev.breakwater.platform.loadbalancing.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.breakwater.platform.loadbalancing.nodes.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConsistentHashTest {

    private static final int KEYS = 10_000;

    private final Fleet fleet = Fleet.of(5, 1);

    @Test
    void a_key_stays_where_it_is() {
        var picker = ConsistentHash.of(fleet.nodes, null);

        assertThat(owners(picker)).isEqualTo(owners(ConsistentHash.of(fleet.nodes, null)));
    }

    @Test
    void a_key_whose_node_is_full_goes_to_the_next_one_and_comes_back() {
        var picker = ConsistentHash.of(fleet.nodes, null);
        var own = picker.pick(42, 0, null);
        var full = fleet.begin(own);

        var next = picker.pick(42, 0, null);
        assertThat(next).isNotEqualTo(own);
        assertThat(picker.pick(42, 0, null)).isEqualTo(next);

        full.succeeded();
        assertThat(picker.pick(42, 0, null)).isEqualTo(own);
    }

    @Test
    void the_keys_of_an_ejected_node_go_to_the_others_and_no_others_move() {
        var picker = ConsistentHash.of(fleet.nodes, null);
        var before = owners(picker);

        fleet.eject(2);
        var after = owners(picker);

        after.forEach((key, owner) -> {
            assertThat(owner).isNotEqualTo(2);
            var owned = Objects.requireNonNull(before.get(key));
            if (owned != 2) {
                assertThat(owner).isEqualTo(owned);
            }
        });
    }

    @Test
    void a_new_node_takes_over_its_keys_bit_by_bit_and_never_gives_one_back() {
        var nodes = new ArrayList<>(fleet.nodes);
        nodes.add(Node.cold("new", 1, 0, Fleet.SLOW_START, Fleet.TAU));
        var picker = ConsistentHash.of(nodes, null);
        var all = countOf(5, owners(picker, Fleet.SLOW_START.toNanos()));

        var part = 0;
        for (var tenths = 1; tenths <= 10; tenths++) {
            var now = Fleet.SLOW_START.toNanos() / 10 * tenths;
            var taken = countOf(5, owners(picker, now));
            assertThat((double) taken / all).isCloseTo(tenths / 10.0, within(0.05));
            assertThat(taken).isGreaterThanOrEqualTo(part);
            part = taken;
        }
    }

    @Test
    void the_ring_is_made_anew_only_for_other_nodes() {
        var picker = ConsistentHash.of(fleet.nodes, null);

        assertThat(picker.hasRingOf(ConsistentHash.of(fleet.nodes, picker))).isTrue();
        assertThat(picker.hasRingOf(ConsistentHash.of(fleet.nodes.subList(1, 5), picker)))
                .isFalse();
    }

    private Map<Long, Integer> owners(Picker picker) {
        return owners(picker, 0);
    }

    private static Map<Long, Integer> owners(Picker picker, long now) {
        var owners = new HashMap<Long, Integer>();
        for (var key = 0L; key < KEYS; key++) {
            owners.put(key, picker.pick(Hashes.mixed(key), now, null));
        }
        return owners;
    }

    private static int countOf(int node, Map<Long, Integer> owners) {
        return (int) owners.values().stream().filter(owner -> owner == node).count();
    }
}
