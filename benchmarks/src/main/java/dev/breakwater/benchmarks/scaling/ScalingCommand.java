package dev.breakwater.benchmarks.scaling;

import dev.breakwater.benchmarks.scaling.Rush.Help;
import dev.breakwater.benchmarks.scaling.Rush.Moment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints pods over time against load; it simulates, so it takes no time and is the same everywhere. */
@Command(
        name = "scaling",
        mixinStandardHelpOptions = true,
        description = "Show how the number of pods follows a rush, with and without help. A simulation.")
public final class ScalingCommand implements Callable<Integer> {

    private static final int BEGINS = 20 * 60;
    private static final int LASTS = 10 * 60;
    private static final int AFTERWARDS = 5 * 60;

    @Option(
            names = "--quiet",
            paramLabel = "N",
            defaultValue = "300",
            description = "Orders a second before and after (300).")
    private double quiet;

    @Option(
            names = "--rush",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Orders a second at the height (5000).")
    private double rush;

    @Option(names = "--grows", paramLabel = "SECONDS", defaultValue = "60", description = "Until it is there (60).")
    private int grows;

    @Option(
            names = "--per-pod",
            paramLabel = "N",
            defaultValue = "150",
            description = "Orders a second of a pod (150).")
    private double perPod;

    @Option(names = "--start", paramLabel = "SECONDS", defaultValue = "30", description = "Until a pod is ready (30).")
    private int start;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (quiet < 0 || rush < quiet || grows < 1 || perPod <= 0 || start < 0) {
            throw new ParameterException(spec.commandLine(), "No load is below 0, and no pod does nothing.");
        }
        var out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%,.0f orders/s, %,.0f in the rush, within %d s; a pod does %,.0f/s and is ready after %d s%n%n",
                quiet,
                rush,
                grows,
                perPod,
                start);
        lines().forEach(out::println);
        return 0;
    }

    private List<String> lines() {
        var load = new Load(quiet, rush, BEGINS, grows, Math.max(LASTS, grows + AFTERWARDS));
        var runs = Arrays.stream(Help.values())
                .map(help -> new Rush(load, help, perPod, start).run(load.ends() + AFTERWARDS))
                .toList();
        var table = new ArrayList<String>();
        table.add("| time | orders/s |"
                + Arrays.stream(Help.values())
                        .map(help -> " ready pods, waiting: " + help + " |")
                        .collect(Collectors.joining()));
        table.add("|---|---|" + "---|".repeat(runs.size()));
        for (var second = BEGINS - 30;
                second < load.ends() + AFTERWARDS;
                second += second < BEGINS + 240 || second >= load.ends() - 30 ? 30 : 60) {
            var now = second;
            table.add("| %s | %,.0f |".formatted(time(now), load.at(now))
                    + runs.stream()
                            .map(run -> " %d, %,.0f |"
                                    .formatted(
                                            run.get(now).ready(), run.get(now).waiting()))
                            .collect(Collectors.joining()));
        }
        table.add("| most that waited | |"
                + each(
                        runs,
                        run -> "%,.0f"
                                .formatted(run.stream()
                                        .mapToDouble(Moment::waiting)
                                        .max()
                                        .orElse(0))));
        table.add("| nothing waits any more after | |" + each(runs, run -> "%d s".formatted(caughtUp(run))));
        table.add("| back to the least pods after the rush | |" + each(runs, run -> settled(run, load)));
        table.add("| hours of pods | |"
                + each(
                        runs,
                        run -> "%.1f"
                                .formatted(run.stream().mapToDouble(Moment::all).sum() / 3600)));
        return table;
    }

    private static String each(List<List<Moment>> runs, Function<List<Moment>, String> figure) {
        return runs.stream().map(run -> " " + figure.apply(run) + " |").collect(Collectors.joining());
    }

    /** Seconds from the beginning of the rush. */
    private static int caughtUp(List<Moment> run) {
        return run.stream()
                        .filter(moment -> moment.waiting() > 0)
                        .mapToInt(Moment::second)
                        .max()
                        .orElse(BEGINS)
                - BEGINS;
    }

    private static String settled(List<Moment> run, Load load) {
        var last = run.getLast().all();
        var from = run.stream()
                        .filter(moment -> moment.all() != last)
                        .mapToInt(Moment::second)
                        .max()
                        .orElse(0)
                + 1;
        return from <= load.ends() ? "before" : "%d s (%d)".formatted(from - load.ends(), last);
    }

    private static String time(int second) {
        var from = second - BEGINS;
        return "%s%d:%02d".formatted(from < 0 ? "-" : "", Math.abs(from) / 60, Math.abs(from) % 60);
    }
}
