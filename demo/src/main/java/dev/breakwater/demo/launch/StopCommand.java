package dev.breakwater.demo.launch;

import dev.breakwater.demo.PortOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a service, or one instance, until it is started again. */
@Command(name = "stop", mixinStandardHelpOptions = true, description = "Stop a service and leave it stopped.")
public final class StopCommand implements Callable<Integer> {

    @Mixin
    private PortOffset portOffset = new PortOffset();

    @Parameters(paramLabel = "SERVICE[/N]", description = "For example order-service/2, payment or kafka.")
    private String service = "";

    @Override
    public Integer call() {
        RunningSuite.at(portOffset).ask("stop " + service);
        return 0;
    }
}
