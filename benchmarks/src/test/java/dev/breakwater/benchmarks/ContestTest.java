package dev.breakwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ContestTest {

    private final List<String> said = new ArrayList<>();
    private final Contest contest = new Contest(2, Duration.ofSeconds(1), () -> said.add("settled"), said::add);

    @Test
    void each_side_runs_with_the_pool_size_that_is_best_for_it() throws Exception {
        var outcome = contest.run(new Sleeper(
                "pools",
                Sleeper.doing("ours", size -> size == 4 ? 900 : 100, 2, 4, 8),
                Sleeper.doing("theirs", size -> 100 + size, 2, 4, 8)));

        assertThat(outcome.subject().poolSize()).isEqualTo(4);
        assertThat(outcome.peer().poolSize()).isEqualTo(8);
        assertThat(outcome.ratio().median()).isEqualTo(900.0 / 108);
        assertThat(said).contains("pools: ours with 4 connections: 900 naps/s");
    }

    @Test
    void a_side_with_one_pool_size_is_not_tried_before() throws Exception {
        var outcome = contest.run(Sleeper.named("plain"));

        assertThat(outcome.subject().poolSize()).isNull();
        assertThat(said)
                .containsExactly(
                        "plain: warming up, 1 s a side left",
                        "settled",
                        "settled",
                        "plain: round 1 of 2: ours 400 naps/s, theirs 100 naps/s, ratio 4.00",
                        "settled",
                        "settled",
                        "plain: round 2 of 2: ours 400 naps/s, theirs 100 naps/s, ratio 4.00");
    }

    @Test
    void sides_are_warmed_up_for_as_long_as_the_benchmark_needs() throws Exception {
        contest.run(new Sleeper(
                "slow starter",
                Duration.ofSeconds(3),
                Sleeper.doing("ours", size -> 400, 1),
                Sleeper.doing("theirs", size -> 100, 1)));

        assertThat(said)
                .startsWith(
                        "slow starter: warming up, 3 s a side left",
                        "slow starter: warming up, 2 s a side left",
                        "slow starter: warming up, 1 s a side left",
                        "settled",
                        "settled",
                        "slow starter: round 1 of 2: ours 400 naps/s, theirs 100 naps/s, ratio 4.00");
    }

    @Test
    void callers_in_a_closed_loop_wait_for_their_answers() throws Exception {
        var inFlight = new AtomicInteger();
        var most = new AtomicInteger();
        var round = new ClosedLoop(8).run(Duration.ofMillis(200), () -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            Thread.yield();
            inFlight.decrementAndGet();
        });

        assertThat(most.get()).isLessThanOrEqualTo(8);
        assertThat(round.done()).isPositive().isEqualTo(round.micros().getTotalCount());
    }

    @Test
    void a_call_that_fails_ends_the_measurement_with_its_cause() {
        assertThatThrownBy(() -> new ClosedLoop(4).run(Duration.ofMinutes(1), () -> {
                    throw new IllegalStateException("no stock");
                }))
                .hasMessageContaining("no stock");
    }
}
