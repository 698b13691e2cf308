package dev.breakwater.platform.loadbalancing.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.breakwater.platform.loadbalancing.nodes.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all strategies make of a node's state. */
class NodeStateTest {

    private static final int PICKS = 100_000;

    private final Fleet fleet = Fleet.of(5, 1);

    enum Kind {
        ROUND_ROBIN,
        WEIGHTED,
        LEAST_LOADED,
        CONSISTENT_HASH;

        Picker over(List<Node> nodes, Random random) {
            return switch (this) {
                case ROUND_ROBIN -> new RoundRobin(nodes, random::nextLong);
                case WEIGHTED -> new SmoothWeighted(nodes, random::nextLong);
                case LEAST_LOADED -> new LeastLoaded(nodes, random::nextLong);
                case CONSISTENT_HASH -> ConsistentHash.of(nodes, null);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_an_ejected_node_would_get_goes_to_all_others_alike(Kind kind) {
        fleet.eject(1);

        var shares = fleet.pick(kind.over(fleet.nodes, fleet.random), PICKS);

        assertThat(shares[1]).isZero();
        for (var other : List.of(0, 2, 3, 4)) {
            assertThat((double) shares[other] / PICKS)
                    .isCloseTo(0.25, within(kind == Kind.CONSISTENT_HASH ? 0.06 : 0.01));
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_is_back_when_its_rest_is_over(Kind kind) {
        fleet.eject(1);
        fleet.now += Fleet.EJECTION.time().plus(Fleet.SLOW_START).toNanos();

        assertThat(fleet.pick(kind.over(fleet.nodes, fleet.random), PICKS)[1]).isGreaterThan(PICKS / 7);
    }

    @ParameterizedTest
    @EnumSource
    void if_none_is_left_all_are_used(Kind kind) {
        IntStream.range(0, 5).forEach(fleet::eject);

        assertThat(IntStream.of(fleet.pick(kind.over(fleet.nodes, fleet.random), PICKS)))
                .allSatisfy(share -> assertThat(share).isGreaterThan(PICKS / 10));
    }

    @ParameterizedTest
    @EnumSource
    void the_one_to_avoid_is_avoided_even_for_one_that_is_ejected(Kind kind) {
        var two = Fleet.of(2, 2);
        two.eject(1);
        var picker = kind.over(two.nodes, two.random);

        for (var key = 0; key < 100; key++) {
            assertThat(picker.pick(Hashes.mixed(key), 0, two.nodes.getFirst())).isEqualTo(1);
            assertThat(picker.pick(Hashes.mixed(key), 0, null)).isEqualTo(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_only_one_is_taken_even_if_it_is_to_be_avoided(Kind kind) {
        var one = Fleet.of(1, 3);

        assertThat(kind.over(one.nodes, one.random).pick(7, 0, one.nodes.getFirst()))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void a_new_node_gets_a_growing_part_of_its_share(Kind kind) {
        var nodes = new ArrayList<>(fleet.nodes.subList(0, 4));
        nodes.add(Node.cold("new", 1, 0, Fleet.SLOW_START, Fleet.TAU));
        var picker = kind.over(nodes, fleet.random);

        var before = 0;
        for (var tenths : List.of(1, 3, 5, 7, 9)) {
            fleet.now = Fleet.SLOW_START.toNanos() / 10 * tenths;
            var share = fleet.pick(picker, PICKS)[4];
            assertThat((double) share / PICKS).isCloseTo(tenths / 10.0 * 0.2, within(0.05));
            assertThat(share).isGreaterThan(before);
            before = share;
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_five_hundred_nodes_half_may_rest(Kind kind) {
        var many = Fleet.of(500, 4);
        for (var i = 0; i < 500; i += 2) {
            many.eject(i);
        }

        var shares = many.pick(kind.over(many.nodes, many.random), PICKS);

        for (var i = 0; i < 500; i++) {
            if (i % 2 == 0) {
                assertThat(shares[i]).isZero();
            } else {
                assertThat(shares[i]).isPositive();
            }
        }
    }
}
