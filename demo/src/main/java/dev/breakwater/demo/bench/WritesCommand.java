package dev.breakwater.demo.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Measures the write path. */
@Command(
        name = "writes",
        description = "Measure the write path against what everybody does, on real servers; --help says how.")
final class WritesCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return Measurement.run("writes", arguments);
    }
}
