package dev.breakwater.demo.launch;

import dev.breakwater.demo.PortOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the processes of a running suite. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Show what is running and what it takes.")
public final class StatusCommand implements Callable<Integer> {

    @Mixin
    private PortOffset portOffset = new PortOffset();

    @Override
    public Integer call() {
        RunningSuite.at(portOffset).ask("status");
        return 0;
    }
}
