package dev.breakwater.demo.launch;

import dev.breakwater.demo.PortOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Brings back what {@code stop} ended. */
@Command(name = "start", mixinStandardHelpOptions = true, description = "Start a service that was stopped.")
public final class StartCommand implements Callable<Integer> {

    @Mixin
    private PortOffset portOffset = new PortOffset();

    @Parameters(paramLabel = "SERVICE[/N]", description = "For example order-service/2, payment or kafka.")
    private String service = "";

    @Override
    public Integer call() {
        RunningSuite.at(portOffset).ask("start " + service);
        return 0;
    }
}
