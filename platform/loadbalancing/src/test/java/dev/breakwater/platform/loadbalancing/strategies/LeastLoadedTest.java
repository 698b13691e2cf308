package dev.breakwater.platform.loadbalancing.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeastLoadedTest {

    private static final int CALLS = 200_000;
    private static final int PER_SECOND = 500;

    @Test
    void one_slow_node_of_five_costs_less_than_a_third_of_what_it_costs_with_round_robin() {
        var turns = Fleet.of(5, 1);
        var fleet = Fleet.of(5, 1);

        var byTurns =
                turns.run(new RoundRobin(turns.nodes, turns.random::nextLong), CALLS, PER_SECOND, lastIsSlow(turns));
        var byLoad =
                fleet.run(new LeastLoaded(fleet.nodes, fleet.random::nextLong), CALLS, PER_SECOND, lastIsSlow(fleet));

        assertThat((double) byLoad.percentile(99) / byTurns.percentile(99)).isLessThanOrEqualTo(0.3);
        assertThat(byLoad.shares()[4]).as("it is still tried").isPositive();
    }

    @Test
    void a_slow_node_that_recovers_gets_its_share_again() {
        var fleet = Fleet.of(5, 2);
        var picker = new LeastLoaded(fleet.nodes, fleet.random::nextLong);
        fleet.run(picker, 20_000, PER_SECOND, lastIsSlow(fleet));

        fleet.run(picker, 50_000, PER_SECOND, alike(fleet));
        var after = fleet.run(picker, 50_000, PER_SECOND, alike(fleet));

        assertThat(after.shares()[4]).isGreaterThan(9_000);
    }

    @Test
    void a_node_that_refuses_all_calls_at_once_does_not_look_fast() {
        var fleet = Fleet.of(2, 5);
        var picker = new LeastLoaded(fleet.nodes, fleet.random::nextLong);
        DoubleSupplier answers = () -> fleet.exponential(5);
        fleet.run(picker, 5_000, 50, answers, answers);

        fleet.shedding = 1;
        var shares = fleet.run(picker, 20_000, 50, answers, () -> 0.1).shares();

        assertThat((double) shares[1] / 20_000).isLessThan(0.7);
    }

    @Test
    void a_node_that_never_did_anything_but_refuse_is_not_known_as_fast() {
        var fleet = Fleet.of(2, 6);
        var picker = new LeastLoaded(fleet.nodes, fleet.random::nextLong);
        fleet.shedding = 1;

        var shares = fleet.run(picker, 20_000, 50, () -> fleet.exponential(5), () -> 0.1)
                .shares();

        assertThat((double) shares[1] / 20_000).isLessThan(0.7);
    }

    @Test
    void the_one_with_fewer_calls_under_way_is_taken_while_nothing_else_is_known() {
        var fleet = Fleet.of(2, 3);
        var picker = new LeastLoaded(fleet.nodes, fleet.random::nextLong);
        fleet.begin(0);

        assertThat(fleet.pick(picker, 100)).containsExactly(0, 100);
    }

    @Test
    void a_node_alone_is_taken() {
        var fleet = Fleet.of(1, 4);

        assertThat(fleet.pick(new LeastLoaded(fleet.nodes, fleet.random::nextLong), 10))
                .containsExactly(10);
    }

    private static DoubleSupplier[] alike(Fleet fleet) {
        return Stream.generate(() -> (DoubleSupplier) () -> fleet.exponential(5))
                .limit(5)
                .toArray(DoubleSupplier[]::new);
    }

    private static DoubleSupplier[] lastIsSlow(Fleet fleet) {
        var service = alike(fleet);
        service[4] = () -> fleet.exponential(50);
        return service;
    }
}
