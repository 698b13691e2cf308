package dev.breakwater.demo.launch;

import dev.breakwater.demo.PortOffset;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a running suite, or what a killed launcher left of one. */
@Command(name = "down", mixinStandardHelpOptions = true, description = "Stop everything.")
public final class DownCommand implements Callable<Integer> {

    @Mixin
    private PortOffset portOffset = new PortOffset();

    @Override
    public Integer call() throws Exception {
        var folder = RunFolder.of(portOffset.value());
        var state = RunState.read(folder.state());
        if (state.isEmpty()) {
            System.out.println("Nothing is running.");
            return 0;
        }
        var launcher = state.get().launcher().find();
        if (launcher.isPresent()) {
            // A signal, not a question: it works in every moment of the launcher's life.
            launcher.get().destroy();
            System.out.println("Stopping ...");
            launcher.get().onExit().join();
        }
        Leftovers.end(state.get().children().values());
        folder.clearTemporary();
        Files.deleteIfExists(folder.state());
        System.out.println("Everything is stopped.");
        return 0;
    }
}
