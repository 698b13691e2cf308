package dev.breakwater.demo.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Shows how the number of pods follows a rush. */
@Command(name = "scaling", description = "Show how the number of pods follows a rush, by simulation; --help says how.")
final class ScalingCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return Measurement.run("scaling", arguments);
    }
}
