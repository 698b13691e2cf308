package dev.breakwater.demo;

import dev.breakwater.demo.audit.CheckCommand;
import dev.breakwater.demo.bench.BenchCommand;
import dev.breakwater.demo.deadletter.DeadLettersCommand;
import dev.breakwater.demo.launch.DownCommand;
import dev.breakwater.demo.launch.LogsCommand;
import dev.breakwater.demo.launch.RestartCommand;
import dev.breakwater.demo.launch.StartCommand;
import dev.breakwater.demo.launch.StatusCommand;
import dev.breakwater.demo.launch.StopCommand;
import dev.breakwater.demo.launch.UpCommand;
import dev.breakwater.demo.load.LoadCommand;
import dev.breakwater.platform.servers.CannotStartException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The one command line of the suite. */
@Command(
        name = "./breakwater",
        mixinStandardHelpOptions = true,
        description = "A shop that stays correct and quick while the flood comes.",
        subcommands = {
            UpCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            StopCommand.class,
            StartCommand.class,
            RestartCommand.class,
            DownCommand.class,
            LoadCommand.class,
            CheckCommand.class,
            DeadLettersCommand.class,
            BenchCommand.class
        })
public final class Breakwater {

    public static void main(String[] arguments) {
        System.setProperty("breakwater.arguments", String.join("\n", arguments));
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Breakwater())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof CannotStartException sentence) {
                        command.getErr().println(sentence.getMessage());
                    } else {
                        failure.printStackTrace(command.getErr());
                    }
                    return 1;
                });
    }
}
