package dev.breakwater.benchmarks.workers;

import dev.breakwater.benchmarks.workers.Tally.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A line for each side in each phase and in all of them, each figure the median of the runs; ready for a document. */
final class WorkersTable {

    private static final String HEAD =
            "| phase | workers | goodput/s | of capacity | failed | p50 ms | p99 ms | utilisation | limit at the end |";

    private WorkersTable() {}

    /** @param runs by run, side and phase */
    static List<String> lines(List<List<List<Figures>>> runs) {
        List<String> lines = new ArrayList<>(List.of(HEAD, "|---|---|---|---|---|---|---|---|---|"));
        for (var phase = 0; phase < Phase.ALL.size(); phase++) {
            Phase now = Phase.ALL.get(phase);
            var number = phase;
            lines.addAll(block(
                    "%d: %s, %d × %d ms"
                            .formatted(
                                    phase + 1,
                                    now.name(),
                                    now.servers(),
                                    now.service().toMillis()),
                    now.capacity(),
                    runs,
                    phases -> phases.get(number)));
        }
        double capacity =
                Phase.ALL.stream().mapToDouble(Phase::capacity).average().orElseThrow();
        lines.addAll(block(
                "all",
                capacity,
                runs,
                phases -> phases.stream().reduce(Figures::and).orElseThrow()));
        return lines;
    }

    private static List<String> block(
            String phase, double capacity, List<List<List<Figures>>> runs, Function<List<Figures>, Figures> part) {
        return IntStream.range(0, Side.ALL.size())
                .mapToObj(side -> line(
                        phase,
                        Side.ALL.get(side).name(),
                        capacity,
                        runs.stream().map(run -> part.apply(run.get(side))).toList()))
                .toList();
    }

    private static String line(String phase, String side, double capacity, List<Figures> runs) {
        double goodput = median(runs, Figures::goodput);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,.0f (%,.0f – %,.0f) | %.0f %% | %.1f %% | %.0f | %.0f | %.0f %% | %s |",
                phase,
                side,
                goodput,
                runs.stream().mapToDouble(Figures::goodput).min().orElseThrow(),
                runs.stream().mapToDouble(Figures::goodput).max().orElseThrow(),
                100 * goodput / capacity,
                100 * median(runs, Figures::failedShare),
                median(runs, one -> one.percentileMillis(50)),
                median(runs, one -> one.percentileMillis(99)),
                100 * median(runs, Figures::utilisation),
                limit(runs));
    }

    private static String limit(List<Figures> runs) {
        int least = runs.stream().mapToInt(Figures::least).min().orElseThrow();
        int most = runs.stream().mapToInt(Figures::most).max().orElseThrow();
        return least == most ? Integer.toString(least) : "%d – %d".formatted(least, most);
    }

    private static double median(List<Figures> runs, ToDoubleFunction<Figures> of) {
        double[] sorted = runs.stream().mapToDouble(of).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
