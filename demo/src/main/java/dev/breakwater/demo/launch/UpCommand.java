package dev.breakwater.demo.launch;

import dev.breakwater.demo.PortOffset;
import dev.breakwater.demo.suite.Selection;
import dev.breakwater.demo.suite.Service;
import dev.breakwater.demo.suite.Suite;
import dev.breakwater.platform.servers.CannotStartException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts everything and stays with it. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start the suite, keep it running, and end it with Ctrl-C or ./breakwater down.")
public final class UpCommand implements Callable<Integer> {

    enum Part {
        infra
    }

    @Mixin
    private PortOffset portOffset = new PortOffset();

    @Option(names = "--lite", description = "One instance of each service; less memory.")
    private boolean lite;

    @Option(names = "--only", paramLabel = "infra", description = "Only MariaDB, Redis and Kafka.")
    private @Nullable Part only;

    @Option(
            names = "--without",
            paramLabel = "SERVICE",
            split = ",",
            description = "Leave a service out, to run it from an IDE; its environment is printed.")
    private List<String> without = List.of();

    @Option(
            names = "--instances",
            paramLabel = "SERVICE=N",
            split = ",",
            description = "How many instances, for example order=3,inventory=1.")
    private Map<String, Integer> instances = Map.of();

    @Option(names = "--data", paramLabel = "DIR", description = "Keep the data there; without it every start is fresh.")
    private @Nullable Path data;

    @Option(names = "--detach", description = "Return when the suite is ready and leave it running.")
    private boolean detach;

    @Override
    public Integer call() throws Exception {
        var folder = RunFolder.of(portOffset.value());
        var selection = selection();
        if (detach) {
            return new DetachedLauncher(folder).start(System.getProperty("breakwater.arguments", ""));
        }
        var lasting = Optional.ofNullable(data).map(Path::toAbsolutePath);
        var suite = new Suite(
                portOffset.value(),
                selection,
                lasting.orElse(folder.data()),
                folder.temporary(),
                folder.configuration());
        new Launcher(folder, suite, selection, lasting.isPresent(), portOffset.asOption()).run(wantedElsewhere());
        return 0;
    }

    Selection selection() {
        var asked = new EnumMap<Service, Integer>(Service.class);
        instances.forEach((name, count) -> asked.put(named(name), count));
        return Selection.of(only != null, lite, asked, wantedElsewhere());
    }

    private Set<Service> wantedElsewhere() {
        var services = EnumSet.noneOf(Service.class);
        without.forEach(name -> services.add(named(name)));
        return services;
    }

    private static Service named(String name) {
        return Service.named(name)
                .orElseThrow(() -> new CannotStartException(
                        "There is no service %s; there are %s.".formatted(name, Service.names())));
    }
}
