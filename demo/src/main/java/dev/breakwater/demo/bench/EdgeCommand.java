package dev.breakwater.demo.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Measures the edge. */
@Command(
        name = "edge",
        description = "Measure the edge: what choosing an instance costs and what it is good for; --help says how.")
final class EdgeCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return Measurement.run("edge", arguments);
    }
}
