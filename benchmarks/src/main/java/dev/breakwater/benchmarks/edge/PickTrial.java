package dev.breakwater.benchmarks.edge;

import dev.breakwater.benchmarks.Finding;
import dev.breakwater.benchmarks.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What choosing an instance takes and allocates, alone and with the begin and the end of the call, by JMH. */
public final class PickTrial implements Trial {

    private static final String BYTES = "gc.alloc.rate.norm";

    @Override
    public String name() {
        return "pick";
    }

    @Override
    public String question() {
        return "one thread; JMH with its gc profiler; a call is a pick, its begin and its end";
    }

    @Override
    public List<Finding> run(Consumer<String> progress) throws RunnerException {
        var options = new OptionsBuilder()
                .include(Pick.class.getName())
                .addProfiler(GCProfiler.class)
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(4)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .build();
        progress.accept("16 benchmarks of 6 s");
        var findings = new ArrayList<Finding>();
        for (var result : new Runner(options).run()) {
            findings.add(Finding.told(
                    "%s, %s nodes: a %s"
                            .formatted(
                                    result.getParams().getParam("strategy"),
                                    result.getParams().getParam("nodes"),
                                    result.getPrimaryResult().getLabel()),
                    String.format(
                            Locale.ROOT,
                            "%.0f ns, %.1f B",
                            result.getPrimaryResult().getScore(),
                            bytes(result))));
        }
        return findings;
    }

    private static double bytes(RunResult result) {
        return Objects.requireNonNull(result.getSecondaryResults().get(BYTES)).getScore();
    }
}
