package dev.breakwater.demo.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Measures the read path. */
@Command(
        name = "reads",
        description = "Measure the read path against servers that do nothing else, with wrk; --help says how.")
final class ReadsCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return Measurement.run("reads", arguments);
    }
}
