package dev.breakwater.benchmarks;

import dev.breakwater.benchmarks.http.HttpPlaceBenchmark;
import dev.breakwater.benchmarks.relay.RelayBenchmark;
import dev.breakwater.benchmarks.workers.WorkersCommand;
import dev.breakwater.inventory.reservations.ReserveBenchmark;
import dev.breakwater.order.placement.PlaceBenchmark;
import dev.breakwater.platform.servers.CannotStartException;
import dev.breakwater.platform.testing.Servers;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./breakwater bench} starts, in a JVM of its own. */
@Command(name = "./breakwater bench", mixinStandardHelpOptions = true, description = "Side-by-side measurements.")
public final class Bench {

    /** In the order in which they run. */
    private static final List<Benchmark> WRITES = List.of(
            new PlaceBenchmark(128, Target.atLeast(4)),
            new PlaceBenchmark(1_000, Target.atLeast(8)),
            ReserveBenchmark.againstOneEach(1, 128, Target.atLeast(12)),
            ReserveBenchmark.againstOneEach(1, 1_000, Target.atLeast(25)),
            ReserveBenchmark.againstOneEach(100, 128, new Target.Told()),
            ReserveBenchmark.againstOneEach(10_000, 128, new Target.Told()),
            ReserveBenchmark.againstUnderTheLock(1, 1_000),
            ReserveBenchmark.againstUnderTheLock(1, 128),
            ReserveBenchmark.againstUnderTheLock(100, 128),
            HttpPlaceBenchmark.flood(),
            HttpPlaceBenchmark.lonely(),
            RelayBenchmark.againstModulith(),
            RelayBenchmark.againstNamastack(),
            RelayBenchmark.againstBatching(0, 64),
            RelayBenchmark.againstBatching(20, 64),
            RelayBenchmark.againstBatching(2, 16),
            RelayBenchmark.againstBatching(2, 256));

    public static void main(String[] arguments) {
        // After an interrupt the servers are gone, and what is under way has much to say about that.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> System.setErr(new PrintStream(OutputStream.nullOutputStream()))));
        var figures = Path.of(System.getProperty("breakwater.repository", "."))
                .resolve("benchmarks/figures/writes.json")
                .normalize();
        // A redo log of 64 MiB, as the demo has it, is full every two seconds at these rates: the server then stops for
        // its pages to be written, in the middle of whoever runs next.
        Servers.databaseOptions("--innodb-buffer-pool-size=1G", "--innodb-log-file-size=1G");
        System.exit(commandLine(WRITES, figures, Clock.systemUTC(), new DatabaseRest())
                .execute(arguments));
    }

    static CommandLine commandLine(List<Benchmark> writes, Path figures, Clock clock, Runnable settle) {
        return new CommandLine(new Bench())
                .addSubcommand(new WritesCommand(writes, figures, clock, settle))
                .addSubcommand(new WorkersCommand())
                .setParameterExceptionHandler((failure, _) -> {
                    failure.getCommandLine().getErr().println(failure.getMessage());
                    return 2;
                })
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (failure instanceof CannotStartException sentence) {
                        command.getErr().println(sentence.getMessage());
                    } else {
                        failure.printStackTrace(command.getErr());
                    }
                    return 1;
                });
    }
}
