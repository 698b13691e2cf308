package dev.breakwater.demo;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which of several suites on this machine is meant. */
public final class PortOffset {

    @Option(
            names = "--port-offset",
            scope = ScopeType.INHERIT,
            paramLabel = "N",
            defaultValue = "0",
            description = "Added to every port; a suite of its own for each value.")
    private int offset;

    public int value() {
        return offset;
    }

    /** For commands that a person will type after this one. */
    public String asOption() {
        return offset == 0 ? "" : " --port-offset " + offset;
    }
}
