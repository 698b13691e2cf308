package dev.breakwater.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** All outcomes in one table: a line for each side, the ratio and its target in the line of the subject. */
final class ResultTable {

    private static final List<String> HEAD = List.of(
            "benchmark", "side", "pool", "median", "min – max", "unit", "p50 ms", "p99 ms", "ratio", "target", "");

    private ResultTable() {}

    static List<String> lines(List<Outcome> outcomes) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD);
        for (var outcome : outcomes) {
            rows.add(row(
                    outcome,
                    outcome.subject(),
                    List.of(
                            outcome.benchmark().name(),
                            ratio(outcome.ratio()),
                            outcome.benchmark().target().text(),
                            judged(outcome))));
            rows.add(row(outcome, outcome.peer(), List.of("", "", "", "")));
        }
        return aligned(rows);
    }

    /** A line for each finding. */
    static List<String> findings(Map<Trial, List<Finding>> found) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("trial", "figure", "found", "wanted", ""));
        found.forEach((trial, findings) -> findings.forEach(finding ->
                rows.add(List.of(trial.name(), finding.what(), finding.value(), finding.wanted(), finding.judged()))));
        return aligned(rows);
    }

    private static List<String> aligned(List<List<String>> rows) {
        var widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static List<String> row(Outcome outcome, Outcome.Standing side, List<String> ends) {
        var measure = outcome.benchmark().measure();
        return List.of(
                ends.get(0),
                side.name(),
                side.poolSize() == null ? "" : side.poolSize().toString(),
                Numbers.text(side.values().median()),
                Numbers.text(side.values().min()) + " – "
                        + Numbers.text(side.values().max()),
                measure.unit(outcome.benchmark().things()),
                percentile(side, 50),
                percentile(side, 99),
                ends.get(1),
                ends.get(2),
                ends.get(3));
    }

    private static String percentile(Outcome.Standing side, double percentile) {
        return side.micros().getTotalCount() == 0
                ? "–"
                : Numbers.text(side.micros().getValueAtPercentile(percentile) / 1e3);
    }

    static String ratio(Spread ratio) {
        return String.format(Locale.ROOT, "%.2f × (%.2f – %.2f)", ratio.median(), ratio.min(), ratio.max());
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (var column = 0; column < widths.length; column++) {
            line.append(row.get(column))
                    .append(" ".repeat(widths[column] - row.get(column).length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private static String judged(Outcome outcome) {
        return switch (outcome.benchmark().target()) {
            case Target.AtLeast _, Target.AtMost _ -> outcome.isReached() ? "reached" : "missed";
            case Target.Told _ -> "";
        };
    }
}
