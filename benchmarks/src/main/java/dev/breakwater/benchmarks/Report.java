package dev.breakwater.benchmarks;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a group's measurements found, in tables. */
record Report(Group group, int runs, int seconds, PrintWriter out) {

    /** @param before the processor's time when the first of them began */
    void show(List<Outcome> outcomes, Map<Trial, List<Finding>> found, @Nullable ProcessorTime before) {
        out.println();
        if (!outcomes.isEmpty()) {
            showOutcomes(outcomes);
        }
        if (!found.isEmpty()) {
            showFindings(found, !outcomes.isEmpty());
        }
        showStolen(before);
        out.flush();
    }

    private void showOutcomes(List<Outcome> outcomes) {
        out.printf(
                "%s; %d rounds of %d s a side, by turns; %s%n%n",
                Machine.describe(), runs, seconds, group.conditions());
        ResultTable.lines(outcomes).forEach(out::println);
        for (var outcome : outcomes) {
            var name = outcome.benchmark().name();
            out.println(name + ": " + outcome.benchmark().question());
            outcome.notes().forEach(note -> out.println(name + ": " + note));
        }
    }

    private void showFindings(Map<Trial, List<Finding>> found, boolean below) {
        if (below) {
            out.println();
        }
        out.printf("%s%n%n", Machine.describe());
        ResultTable.findings(found).forEach(out::println);
        found.keySet().forEach(trial -> out.println(trial.name() + ": " + trial.question()));
    }

    private void showStolen(@Nullable ProcessorTime before) {
        var now = ProcessorTime.now();
        if (before != null && now.isPresent()) {
            out.printf(
                    "%.0f %% of the processor time that was wanted went to other machines on the host.%n",
                    100 * now.get().stolenSince(before));
        }
    }
}
