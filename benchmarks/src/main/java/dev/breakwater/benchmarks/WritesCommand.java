package dev.breakwater.benchmarks;

import dev.breakwater.platform.servers.CannotStartException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures, prints one table, and keeps or compares the ratios. */
@Command(
        name = "writes",
        mixinStandardHelpOptions = true,
        description = "Measure the write path against what everybody does, side by side on real servers.")
final class WritesCommand implements Callable<Integer> {

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "These benchmarks and no others, separated by commas.")
    private List<String> only = List.of();

    @Option(names = "--runs", paramLabel = "N", defaultValue = "5", description = "Rounds of each side (5).")
    private int runs;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "5", description = "Length of a round (5).")
    private int seconds;

    @Option(names = "--compare", description = "Fail when a ratio fell more than 15 %% below its kept spread.")
    private boolean compare;

    @Option(names = "--keep", description = "Keep the ratios in benchmarks/figures/writes.json.")
    private boolean keep;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final List<Benchmark> known;
    private final Path figures;
    private final Clock clock;
    private final Runnable settle;

    /** @param settle waits before each round until what the one before left to do is done */
    WritesCommand(List<Benchmark> known, Path figures, Clock clock, Runnable settle) {
        this.known = known;
        this.figures = figures;
        this.clock = clock;
        this.settle = settle;
    }

    @Override
    public Integer call() throws Exception {
        if (runs < 1 || seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--runs and --seconds must be at least 1.");
        }
        var chosen = chosen();
        var kept = KeptFigures.read(figures);
        if (compare && !keep) {
            chosen = comparable(chosen, kept);
        }
        var out = spec.commandLine().getOut();
        var contest = new Contest(runs, Duration.ofSeconds(seconds), settle, line -> {
            out.println(line);
            out.flush();
        });
        var before = ProcessorTime.now().orElse(null);
        var outcomes = new ArrayList<Outcome>();
        var failed = new ArrayList<String>();
        for (var benchmark : chosen) {
            try {
                outcomes.add(contest.run(benchmark));
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                // The others took minutes each, and what they found is not to be lost.
                failed.add(benchmark.name());
                e.printStackTrace(spec.commandLine().getErr());
            }
        }
        if (!outcomes.isEmpty()) {
            show(outcomes);
            showStolen(before);
        }
        var status = judge(outcomes, kept);
        if (!failed.isEmpty()) {
            spec.commandLine().getErr().println("Failed: " + String.join(", ", failed) + ".");
            return 1;
        }
        return status;
    }

    private void show(List<Outcome> outcomes) {
        var out = spec.commandLine().getOut();
        out.println();
        out.printf(
                "%s; %d rounds of %d s a side, by turns; innodb_flush_log_at_trx_commit=1, acks=all%n%n",
                Machine.describe(), runs, seconds);
        ResultTable.lines(outcomes).forEach(out::println);
        outcomes.forEach(outcome -> out.println(
                outcome.benchmark().name() + ": " + outcome.benchmark().question()));
    }

    private void showStolen(@Nullable ProcessorTime before) {
        var now = ProcessorTime.now();
        if (before != null && now.isPresent()) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%.0f %% of the processor time that was wanted went to other machines on the host.%n",
                            100 * now.get().stolenSince(before));
        }
    }

    private int judge(List<Outcome> outcomes, KeptFigures kept) {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var violations = outcomes.stream()
                .flatMap(outcome -> outcome.violations().stream())
                .toList();
        if (!violations.isEmpty()) {
            violations.forEach(violation -> err.println("Wrong: " + violation));
            return 1;
        }
        var status = 0;
        if (compare) {
            var verdict = kept.compare(outcomes);
            out.println();
            verdict.lines().forEach(out::println);
            if (!verdict.worse().isEmpty()) {
                err.println("Worse than kept: " + String.join(", ", verdict.worse()) + ".");
                status = 1;
            }
        }
        if (keep) {
            outcomes.forEach(outcome -> kept.keep(
                    outcome,
                    LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC)
                            .toString(),
                    Machine.describe()));
            kept.write(figures);
            out.println("Kept in " + figures + ".");
        }
        return status;
    }

    /** Asked for by name, a benchmark must have been kept; else what was not is left out. */
    private List<Benchmark> comparable(List<Benchmark> chosen, KeptFigures kept) {
        var unknown = kept.unknown(chosen);
        if (unknown.size() == chosen.size() || !only.isEmpty() && !unknown.isEmpty()) {
            throw new CannotStartException("Nothing is kept to compare %s with; measure it with --keep first."
                    .formatted(String.join(", ", unknown)));
        }
        return chosen.stream()
                .filter(benchmark -> !unknown.contains(benchmark.name()))
                .toList();
    }

    private List<Benchmark> chosen() {
        for (var name : only) {
            if (known.stream().noneMatch(benchmark -> benchmark.name().equals(name))) {
                throw new CannotStartException("There is no benchmark %s; there are %s."
                        .formatted(name, known.stream().map(Benchmark::name).collect(Collectors.joining(", "))));
            }
        }
        return known.stream()
                .filter(benchmark -> only.isEmpty() || only.contains(benchmark.name()))
                .toList();
    }
}
