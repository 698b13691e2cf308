package dev.breakwater.demo.launch;

import dev.breakwater.demo.PortOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a service new processes. */
@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        description = "Stop a service and start it again; with --rolling so that nobody notices.")
public final class RestartCommand implements Callable<Integer> {

    @Mixin
    private PortOffset portOffset = new PortOffset();

    @Option(
            names = "--rolling",
            description =
                    "One instance after the other, each when the one before is ready; beside a single one, another"
                            + " serves meanwhile.")
    private boolean rolling;

    @Parameters(paramLabel = "SERVICE[/N]", description = "For example order-service, inventory/2 or payment.")
    private String service = "";

    @Override
    public Integer call() {
        RunningSuite.at(portOffset).ask((rolling ? "roll " : "restart ") + service);
        return 0;
    }
}
