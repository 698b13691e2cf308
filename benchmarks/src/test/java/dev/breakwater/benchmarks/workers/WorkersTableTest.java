package dev.breakwater.benchmarks.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.benchmarks.workers.Tally.Figures;
import java.util.Collections;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class WorkersTableTest {

    @Test
    void each_side_has_a_line_in_each_phase_and_one_for_all() {
        List<String> lines = WorkersTable.lines(List.of(run(1_000), run(3_000), run(2_000)));

        assertThat(lines).hasSize(2 + 4 * Side.ALL.size());
        assertThat(lines)
                .contains(
                        "| 1: quick, 40 × 20 ms | 10 workers | 200 (100 – 300) | 10 % | 50.0 % | 40 | 40 | 75 % | 7 |");
        assertThat(lines).anyMatch(line -> line.startsWith("| all | adaptive | 200 (100 – 300) | 14 % | 50.0 % "));
    }

    private static List<List<Figures>> run(long good) {
        Histogram micros = new Histogram(3);
        micros.recordValue(40_000);
        Figures figures = new Figures(10, good, good, micros, 0.75, 7, 7);
        return Collections.nCopies(Side.ALL.size(), Collections.nCopies(Phase.ALL.size(), figures));
    }
}
