package dev.breakwater.platform.loadbalancing.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.loadbalancing.nodes.Call;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who gets how much, over a million picks. */
class SharesTest {

    private static final int PICKS = 1_000_000;

    @Test
    void round_robin_gives_five_equal_nodes_the_same() {
        var fleet = Fleet.of(5, 1);

        assertThat(fleet.pick(new RoundRobin(fleet.nodes, fleet.random::nextLong), PICKS))
                .containsOnly(PICKS / 5);
    }

    @Test
    void the_better_of_two_gives_five_equal_nodes_nearly_the_same() {
        var fleet = Fleet.of(5, 2);
        var picker = new LeastLoaded(fleet.nodes, fleet.random::nextLong);

        var outcome = fleet.run(picker, PICKS, 2_000, evenly(5, () -> fleet.random.nextDouble(4, 6)));

        assertThat(IntStream.of(outcome.shares()))
                .allSatisfy(share -> assertThat(share).isBetween(197_000, 203_000));
    }

    @Test
    void weights_are_kept_to_exactly() {
        var fleet = Fleet.weighing(3, 50, 30, 15, 5);

        assertThat(fleet.pick(new SmoothWeighted(fleet.nodes, fleet.random::nextLong), PICKS))
                .containsExactly(500_000, 300_000, 150_000, 50_000);
    }

    @Test
    void a_heavy_node_does_not_get_its_turns_in_one_go() {
        var fleet = Fleet.weighing(4, 5, 1, 1);
        var picker = new SmoothWeighted(fleet.nodes, () -> 0);

        var round = IntStream.generate(() -> picker.pick(0, 0, null)).limit(7).toArray();

        // As nginx gives it for these weights.
        assertThat(round).containsExactly(0, 0, 1, 0, 2, 0, 0);
    }

    @Test
    void weights_with_nothing_in_common_are_kept_to_within_a_turn_of_the_round() {
        var fleet = Fleet.weighing(5, 99_991, 50_021, 1);
        var picker = new SmoothWeighted(fleet.nodes, fleet.random::nextLong);

        var shares = fleet.pick(picker, PICKS);

        assertThat(shares[0]).isBetween(666_500, 666_600);
        assertThat(shares[1]).isBetween(333_400, 333_460);
        assertThat(shares[2]).isBetween(7, 17);
    }

    @Test
    void a_node_without_weight_gets_calls_only_when_no_other_is_left() {
        var fleet = Fleet.weighing(6, 1, 0);
        var picker = new SmoothWeighted(fleet.nodes, fleet.random::nextLong);
        assertThat(fleet.pick(picker, 100)).containsExactly(100, 0);

        fleet.eject(0);

        assertThat(fleet.pick(picker, 100)).containsExactly(0, 100);
    }

    @Test
    void consistent_hashing_gives_no_node_more_than_its_bound() {
        var fleet = Fleet.of(5, 7);
        var picker = ConsistentHash.of(fleet.nodes, null);
        var shares = new int[5];

        for (var i = 0; i < PICKS; i++) {
            var node = picker.pick(fleet.random.nextLong(), fleet.now, null);
            shares[node]++;
            fleet.begin(node);
        }

        assertThat(IntStream.of(shares))
                .allSatisfy(share -> assertThat(share).isLessThanOrEqualTo((int) (1.25 * PICKS / 5)));
    }

    @Test
    void consistent_hashing_keeps_the_bound_where_half_of_all_calls_are_for_one_key() {
        var fleet = Fleet.of(5, 8);
        var picker = ConsistentHash.of(fleet.nodes, null);
        var shares = new int[5];
        var calls = new ArrayDeque<Call>();

        for (var i = 0; i < PICKS; i++) {
            var key = fleet.random.nextBoolean() ? 42 : fleet.random.nextLong();
            var node = picker.pick(key, fleet.now, null);
            shares[node]++;
            calls.add(fleet.begin(node));
            assertThat(fleet.nodes.get(node).inFlight()).isLessThanOrEqualTo((int) Math.ceil(1.25 * calls.size() / 5));
            if (calls.size() == 400) {
                calls.remove().succeeded();
            }
        }

        assertThat(IntStream.of(shares))
                .allSatisfy(share -> assertThat(share).isLessThanOrEqualTo((int) (1.25 * PICKS / 5)));
    }

    @Test
    void consistent_hashing_over_many_nodes_keeps_bound_and_affinity_in_a_burst_while_the_clock_stands() {
        var fleet = Fleet.of(40, 9);
        var picker = ConsistentHash.of(fleet.nodes, null);
        var whereNothingIsDone = ConsistentHash.of(Fleet.of(40, 9).nodes, null);
        var atHome = 0;

        for (var i = 1; i <= 20_000; i++) {
            var key = i % 2 == 0 ? 42 : fleet.random.nextLong();
            var node = picker.pick(key, fleet.now, null);
            atHome += key != 42 && node == whereNothingIsDone.pick(key, fleet.now, null) ? 1 : 0;
            fleet.begin(node);
            assertThat(fleet.nodes.get(node).inFlight()).isLessThanOrEqualTo((int) Math.ceil(1.25 * i / 40));
        }

        assertThat(atHome / 10_000.0).isGreaterThan(0.3);
    }

    private static DoubleSupplier[] evenly(int nodes, DoubleSupplier service) {
        var all = new DoubleSupplier[nodes];
        Arrays.fill(all, service);
        return all;
    }
}
