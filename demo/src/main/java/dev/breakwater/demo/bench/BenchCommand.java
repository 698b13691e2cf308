package dev.breakwater.demo.bench;

import picocli.CommandLine.Command;

/** Groups the measurements. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure side by side what a pattern is worth.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            WritesCommand.class,
            ReadsCommand.class,
            EdgeCommand.class,
            WorkersCommand.class,
            ScalingCommand.class
        })
public final class BenchCommand {}
