package dev.breakwater.benchmarks;

import dev.breakwater.platform.servers.CannotStartException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures, prints one table, and keeps or compares the ratios. */
@Command(mixinStandardHelpOptions = true)
final class GroupCommand implements Callable<Integer> {

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

    @Option(names = "--keep", description = "Keep the ratios in benchmarks/figures/${COMMAND-NAME}.json.")
    private boolean keep;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Group group;
    private final Path figures;
    private final Clock clock;

    /** @param folder with the kept figures of all groups */
    private GroupCommand(Group group, Path folder, Clock clock) {
        this.group = group;
        this.figures = folder.resolve(group.name() + ".json");
        this.clock = clock;
    }

    static CommandLine of(Group group, Path folder, Clock clock) {
        var command = new CommandLine(new GroupCommand(group, folder, clock));
        var spec = command.getCommandSpec().name(group.name());
        spec.usageMessage().description(group.description());
        group.trials().forEach(trial -> spec.addMixin(trial.name(), CommandSpec.forAnnotatedObjectLenient(trial)));
        return command;
    }

    @Override
    public Integer call() throws Exception {
        if (runs < 1 || seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--runs and --seconds must be at least 1.");
        }
        requireKnown();
        var chosen = group.benchmarks().stream()
                .filter(benchmark -> isChosen(benchmark.name()))
                .toList();
        var kept = KeptFigures.read(figures);
        if (compare && !keep) {
            chosen = comparable(chosen, kept);
        }
        var before = ProcessorTime.now().orElse(null);
        var contest = new Contest(runs, Duration.ofSeconds(seconds), group.settle(), this::say);
        var outcomes = new ArrayList<Outcome>();
        var failed = new ArrayList<String>();
        for (var benchmark : chosen) {
            attempt(benchmark.name(), failed, () -> outcomes.add(contest.run(benchmark)));
        }
        var found = new LinkedHashMap<Trial, List<Finding>>();
        for (var trial : group.trials()) {
            // What they find is not kept, so there is nothing to compare it with.
            if (isChosen(trial.name()) && !compare) {
                attempt(
                        trial.name(),
                        failed,
                        () -> found.put(trial, trial.run(line -> say(trial.name() + ": " + line))));
            }
        }
        if (!outcomes.isEmpty() || !found.isEmpty()) {
            new Report(group, runs, seconds, spec.commandLine().getOut()).show(outcomes, found, before);
        }
        var status = judge(outcomes, kept);
        if (!failed.isEmpty()) {
            spec.commandLine().getErr().println("Failed: " + String.join(", ", failed) + ".");
            return 1;
        }
        return status;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    /** The others take minutes each, and what they find is not to be lost when one fails. */
    private void attempt(String name, List<String> failed, Callable<?> measurement) throws InterruptedException {
        var err = spec.commandLine().getErr();
        try {
            measurement.call();
        } catch (InterruptedException e) {
            throw e;
        } catch (CannotStartException e) {
            failed.add(name);
            err.println(name + ": " + e.getMessage());
        } catch (Exception e) {
            failed.add(name);
            e.printStackTrace(err);
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
        if (keep && !outcomes.isEmpty()) {
            outcomes.forEach(outcome -> kept.keep(
                    outcome,
                    LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString(),
                    Machine.describe()));
            kept.write(figures);
            out.println("Kept in " + figures + ".");
        }
        return status;
    }

    /** Asked for by name, a benchmark must have been kept; else what was not is left out. */
    private List<Benchmark> comparable(List<Benchmark> chosen, KeptFigures kept) {
        var unknown = new ArrayList<>(kept.unknown(chosen));
        group.trials().stream().map(Trial::name).filter(only::contains).forEach(unknown::add);
        if (unknown.size() == chosen.size() || !only.isEmpty() && !unknown.isEmpty()) {
            throw new CannotStartException("Nothing is kept to compare %s with; measure it with --keep first."
                    .formatted(String.join(", ", unknown)));
        }
        return chosen.stream()
                .filter(benchmark -> !unknown.contains(benchmark.name()))
                .toList();
    }

    private boolean isChosen(String name) {
        return only.isEmpty() || only.contains(name);
    }

    private void requireKnown() {
        for (var name : only) {
            if (!group.names().contains(name)) {
                throw new CannotStartException(
                        "There is no benchmark %s; there are %s.".formatted(name, String.join(", ", group.names())));
            }
        }
    }
}
