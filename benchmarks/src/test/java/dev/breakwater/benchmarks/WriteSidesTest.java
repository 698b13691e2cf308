package dev.breakwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.inventory.reservations.ReserveBenchmark;
import dev.breakwater.order.placement.PlaceBenchmark;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every side of the benchmarks of single components does its work, on the real database, and leaves it right. */
class WriteSidesTest {

    static Stream<Contender> contenders() {
        var benchmarks = Stream.of(
                new PlaceBenchmark(16, new Target.Told()),
                ReserveBenchmark.againstOneEach(1, 16, new Target.Told()),
                ReserveBenchmark.againstOneEach(100, 16, new Target.Told()));
        return benchmarks.flatMap(benchmark -> Stream.of(benchmark.subject(), benchmark.peer()));
    }

    @ParameterizedTest
    @MethodSource("contenders")
    void a_side_works_and_leaves_its_tables_right(Contender contender) throws Exception {
        try (var side = contender.opening().open(2)) {
            // The first round may be over before the first call is.
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> side.run(Duration.ofMillis(500)).done() > 0);
            assertThat(side.violations()).isEmpty();
        }
    }
}
