package dev.breakwater.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.benchmarks.scaling.Rush.Help;
import dev.breakwater.benchmarks.scaling.Rush.Moment;
import java.util.List;
import org.junit.jupiter.api.Test;

class RushTest {

    private static final Load LOAD = new Load(300, 5_000, 1_200, 60, 600);

    @Test
    void a_rush_is_followed_and_what_waits_is_worked_off() {
        var run = run(Help.NONE);

        assertThat(run.get(1_000).ready()).isEqualTo(4);
        assertThat(run.get(1_700).ready()).isGreaterThanOrEqualTo(34);
        assertThat(run.get(1_700).waiting()).isZero();
    }

    @Test
    void pods_that_are_there_beforehand_leave_less_waiting() {
        assertThat(mostWaiting(run(Help.SCHEDULE))).isLessThan(mostWaiting(run(Help.NONE)) / 2);
    }

    @Test
    void a_forecast_is_no_worse_than_none() {
        assertThat(mostWaiting(run(Help.FORECAST))).isLessThanOrEqualTo(mostWaiting(run(Help.NONE)));
    }

    @Test
    void three_minutes_after_the_rush_the_number_of_pods_stands() {
        for (var help : List.of(Help.NONE, Help.SCHEDULE)) {
            var run = run(help);
            var settled = run.get(LOAD.ends() + 180).all();
            assertThat(run.subList(LOAD.ends() + 180, run.size()))
                    .extracting(Moment::all)
                    .containsOnly(settled);
            assertThat(settled).isEqualTo(help == Help.NONE ? 4 : 20);
        }
    }

    private static List<Moment> run(Help help) {
        return new Rush(LOAD, help, 150, 30).run(LOAD.ends() + 400);
    }

    private static double mostWaiting(List<Moment> run) {
        return run.stream().mapToDouble(Moment::waiting).max().orElseThrow();
    }
}
