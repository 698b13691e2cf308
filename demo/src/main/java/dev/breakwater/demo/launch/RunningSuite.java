package dev.breakwater.demo.launch;

import dev.breakwater.demo.PortOffset;
import dev.breakwater.platform.servers.CannotStartException;

/** A suite that another process launched. */
record RunningSuite(RunFolder folder, RunState state) {

    /** Throws {@link CannotStartException} when there is none. */
    static RunningSuite at(PortOffset portOffset) {
        var folder = RunFolder.of(portOffset.value());
        return RunState.read(folder.state())
                .filter(RunState::isRunning)
                .map(state -> new RunningSuite(folder, state))
                .orElseThrow(() -> new CannotStartException("Breakwater is not running%s; ./breakwater up starts it."
                        .formatted(portOffset.value() == 0 ? "" : " with" + portOffset.asOption())));
    }

    /** Prints what the launcher says, as it says it. */
    void ask(String question) {
        Control.ask(folder.controlSocket(), question, System.out::println);
    }
}
