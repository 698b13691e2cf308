package dev.breakwater.benchmarks.reads;

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

/** What a hot read of the cache allocates, and how long it takes, by JMH. */
public final class AllocationTrial implements Trial {

    private static final String BYTES = "gc.alloc.rate.norm";

    @Override
    public String name() {
        return "allocation";
    }

    @Override
    public String question() {
        return "a key that memory has, read by one thread; JMH with its gc profiler";
    }

    @Override
    public List<Finding> run(Consumer<String> progress) throws RunnerException {
        var options = new OptionsBuilder()
                .include(HotRead.class.getName())
                .addProfiler(GCProfiler.class)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .build();
        progress.accept("two benchmarks of 8 s");
        var findings = new ArrayList<Finding>();
        for (var result : new Runner(options).run()) {
            var method = result.getPrimaryResult().getLabel();
            findings.add(Finding.told(method + ", allocated a read", inUnit(bytes(result), "B")));
            findings.add(Finding.told(
                    method + ", time a read", inUnit(result.getPrimaryResult().getScore(), "ns")));
        }
        return findings;
    }

    private static double bytes(RunResult result) {
        return Objects.requireNonNull(result.getSecondaryResults().get(BYTES)).getScore();
    }

    private static String inUnit(double value, String unit) {
        return String.format(Locale.ROOT, "%.1f %s", value, unit);
    }
}
