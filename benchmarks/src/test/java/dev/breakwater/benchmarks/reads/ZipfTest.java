package dev.breakwater.benchmarks.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ZipfTest {

    @Test
    void the_probabilities_are_the_inverse_ranks_over_their_sum() {
        // 1 + 1/2 + 1/3 + 1/4 = 25/12.
        var zipf = new Zipf(4, 1);

        assertThat(zipf.shareOfFirst(1)).isCloseTo(12 / 25.0, within(1e-12));
        assertThat(zipf.shareOfFirst(2)).isCloseTo(18 / 25.0, within(1e-12));
        assertThat(zipf.shareOfFirst(3)).isCloseTo(22 / 25.0, within(1e-12));
        assertThat(zipf.shareOfFirst(4)).isEqualTo(1);
    }

    @Test
    void a_tenth_of_a_hundred_thousand_things_gets_81_percent() {
        assertThat(new Zipf(100_000, 1).shareOfFirst(10_000)).isCloseTo(0.8095, within(0.0005));
    }

    @Test
    void ranks_are_drawn_as_often_as_they_are_likely() {
        var zipf = new Zipf(1_000, 1);
        var random = new Random(7);
        var draws = 1_000_000;
        var drawn = new int[1_001];
        for (var i = 0; i < draws; i++) {
            drawn[zipf.draw(random)]++;
        }

        assertThat(drawn[0]).isZero();
        for (var rank : new int[] {1, 2, 3, 10, 100}) {
            var likely = zipf.shareOfFirst(rank) - (rank == 1 ? 0 : zipf.shareOfFirst(rank - 1));
            var deviation = Math.sqrt(likely / draws);
            assertThat((double) drawn[rank] / draws).as("rank %d", rank).isCloseTo(likely, within(5 * deviation));
        }
    }

    @Test
    void the_ends_of_the_interval_are_the_first_and_the_last_rank() {
        var zipf = new Zipf(4, 1);

        assertThat(zipf.draw(always(0))).isEqualTo(1);
        assertThat(zipf.draw(always(Math.nextDown(1.0)))).isEqualTo(4);
        assertThat(zipf.draw(always(zipf.shareOfFirst(1)))).isEqualTo(2);
    }

    private static RandomGenerator always(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }
}
