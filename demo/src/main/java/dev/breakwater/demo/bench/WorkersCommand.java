package dev.breakwater.demo.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Measures numbers of workers. */
@Command(
        name = "workers",
        description = "Measure fixed numbers of workers against a limit that adapts; --help says how.")
final class WorkersCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return Measurement.run("workers", arguments);
    }
}
