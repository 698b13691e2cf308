package dev.breakwater.benchmarks.workers;

import dev.breakwater.benchmarks.Machine;
import dev.breakwater.benchmarks.workers.Tally.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Lets all sides work at the same time, each at a dependency of its own: whatever else the machine does falls on all.
 * Together they use a fraction of a processor, for they mostly wait.
 */
@Command(
        name = "workers",
        mixinStandardHelpOptions = true,
        description = "Measure fixed numbers of workers against a limit that adapts, on a dependency that gets slow.")
public final class WorkersCommand implements Callable<Integer> {

    @Option(names = "--runs", paramLabel = "N", defaultValue = "5", description = "Runs, after one to warm up (5).")
    private int runs;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "10", description = "Length of each phase (10).")
    private int seconds;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (runs < 1 || seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--runs and --seconds must be at least 1.");
        }
        var out = spec.commandLine().getOut();
        run(Duration.ofSeconds(1));
        List<List<List<Figures>>> all = new ArrayList<>();
        for (var round = 1; round <= runs; round++) {
            all.add(run(Duration.ofSeconds(seconds)));
            out.printf("run %d of %d done%n", round, runs);
            out.flush();
        }
        out.printf(
                "%n%s; %d × 3 phases of %d s, all sides at the same time; calls are given up after %d ms%n%n",
                Machine.describe(), runs, seconds, WorkersRun.DEADLINE.toMillis());
        WorkersTable.lines(all).forEach(out::println);
        return 0;
    }

    /** The figures of each phase of each side. */
    private static List<List<Figures>> run(Duration phaseLength) throws InterruptedException {
        List<WorkersRun> sides = Side.ALL.stream()
                .map(side -> new WorkersRun(side, Phase.ALL.getFirst()))
                .toList();
        List<List<Figures>> figures = new ArrayList<>();
        sides.forEach(_ -> figures.add(new ArrayList<>()));
        sides.forEach(WorkersRun::begin);
        for (Phase phase : Phase.ALL) {
            sides.forEach(side -> side.enter(phase));
            pause(phaseLength);
            for (var side = 0; side < sides.size(); side++) {
                figures.get(side).add(sides.get(side).figures());
            }
        }
        for (WorkersRun side : sides) {
            side.end();
        }
        return figures;
    }

    private static void pause(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
