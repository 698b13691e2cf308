package dev.breakwater.benchmarks;

import dev.breakwater.benchmarks.edge.GoodputTrial;
import dev.breakwater.benchmarks.edge.KillTrial;
import dev.breakwater.benchmarks.edge.LimitTrial;
import dev.breakwater.benchmarks.edge.PickTrial;
import dev.breakwater.benchmarks.edge.SharesTrial;
import dev.breakwater.benchmarks.http.HttpPlaceBenchmark;
import dev.breakwater.benchmarks.reads.AllocationTrial;
import dev.breakwater.benchmarks.reads.CrowdTrial;
import dev.breakwater.benchmarks.reads.FilterTrial;
import dev.breakwater.benchmarks.reads.FreshTrial;
import dev.breakwater.benchmarks.reads.IsolationTrial;
import dev.breakwater.benchmarks.reads.LayersTrial;
import dev.breakwater.benchmarks.reads.OutageTrial;
import dev.breakwater.benchmarks.reads.PageBenchmark;
import dev.breakwater.benchmarks.reads.Peer;
import dev.breakwater.benchmarks.reads.ProxyBenchmark;
import dev.breakwater.benchmarks.reads.UnknownBenchmark;
import dev.breakwater.benchmarks.reads.ZipfTrial;
import dev.breakwater.benchmarks.relay.RelayBenchmark;
import dev.breakwater.benchmarks.scaling.ScalingCommand;
import dev.breakwater.benchmarks.workers.WorkersCommand;
import dev.breakwater.inventory.reservations.ReserveBenchmark;
import dev.breakwater.order.placement.PlaceBenchmark;
import dev.breakwater.platform.servers.CannotStartException;
import dev.breakwater.platform.testing.Servers;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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

    private static final List<Benchmark> READS = List.of(
            PageBenchmark.atInventory("page-inventory", Peer.TOMCAT, Target.atLeast(0.6)),
            PageBenchmark.atInventory("page-inventory-gin", Peer.GIN, new Target.Told()),
            PageBenchmark.atGateway("page-gateway", Peer.TOMCAT, Target.atLeast(0.8)),
            PageBenchmark.atGateway("page-gateway-gin", Peer.GIN, Target.atLeast(1)),
            new UnknownBenchmark());

    private static final List<Trial> READ_TRIALS = List.of(
            new AllocationTrial(),
            new FilterTrial(),
            new CrowdTrial(10),
            new ZipfTrial(),
            new FreshTrial(),
            new OutageTrial(),
            new IsolationTrial(Duration.ofSeconds(10), Duration.ofSeconds(20)));

    public static void main(String[] arguments) {
        // After an interrupt the servers are gone, and what is under way has much to say about that.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> System.setErr(new PrintStream(OutputStream.nullOutputStream()))));
        var figures = Path.of(System.getProperty("breakwater.repository", "."))
                .resolve("benchmarks/figures")
                .normalize();
        // A redo log of 64 MiB, as the demo has it, is full every two seconds at these rates: the server then stops for
        // its pages to be written, in the middle of whoever runs next.
        Servers.databaseOptions("--innodb-buffer-pool-size=1G", "--innodb-log-file-size=1G");
        System.exit(commandLine(List.of(writes(), reads(), edge()), figures, Clock.systemUTC())
                .execute(arguments));
    }

    private static Group writes() {
        return new Group(
                "writes",
                "Measure the write path against what everybody does, side by side on real servers.",
                "innodb_flush_log_at_trx_commit=1, acks=all",
                WRITES,
                List.of(),
                new DatabaseRest());
    }

    private static Group reads() {
        return new Group(
                "reads",
                "Measure the read path against servers that do nothing else, and the cache against what it promises.",
                "wrk with 2 threads and 64 connections on the same machine",
                READS,
                READ_TRIALS,
                () -> {});
    }

    private static Group edge() {
        return new Group(
                "edge",
                "Measure what the edge makes of a flood, and what choosing an instance costs and is good for.",
                "clients and servers on the same machine",
                List.of(new ProxyBenchmark()),
                List.of(
                        new SharesTrial(),
                        new PickTrial(),
                        new GoodputTrial(Duration.ofSeconds(5), Duration.ofSeconds(10)),
                        new LimitTrial(),
                        new KillTrial(),
                        new LayersTrial()),
                () -> {});
    }

    /** @param folder with the kept figures */
    static CommandLine commandLine(List<Group> groups, Path folder, Clock clock) {
        var commands = new CommandLine(new Bench());
        groups.forEach(group -> commands.addSubcommand(group.name(), GroupCommand.of(group, folder, clock)));
        return commands.addSubcommand(new WorkersCommand())
                .addSubcommand(new ScalingCommand())
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
