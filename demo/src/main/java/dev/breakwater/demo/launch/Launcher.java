package dev.breakwater.demo.launch;

import dev.breakwater.demo.app.Apps;
import dev.breakwater.demo.suite.Member;
import dev.breakwater.demo.suite.Selection;
import dev.breakwater.demo.suite.Service;
import dev.breakwater.demo.suite.Suite;
import dev.breakwater.platform.servers.CannotStartException;
import dev.breakwater.platform.servers.Folders;
import dev.breakwater.platform.servers.FreePorts;
import dev.breakwater.platform.servers.Kafka;
import dev.breakwater.platform.servers.ServerCache;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** One run of the suite, from the first check to the last process ended. */
final class Launcher {

    private static final Duration LONGEST_START = Duration.ofMinutes(4);
    private static final long POLL_MILLIS = 250;

    private final RunFolder folder;
    private final Suite suite;
    private final Selection selection;
    private final boolean keepsData;
    private final String portOption;
    private final Screen screen = Screen.standard();
    private final CountDownLatch forever = new CountDownLatch(1);
    private long startedAt = System.nanoTime();
    private Duration readyAfter = Duration.ZERO;

    Launcher(RunFolder folder, Suite suite, Selection selection, boolean keepsData, String portOption) {
        this.folder = folder;
        this.suite = suite;
        this.selection = selection;
        this.keepsData = keepsData;
        this.portOption = portOption;
    }

    /** Returns only by an exception; a signal or {@code down} ends the process, and a hook everything else. */
    void run(Set<Service> elsewhere) throws Exception {
        try (var lock = folder.lock()) {
            endLeftovers();
            folder.clear();
            var cache = ServerCache.standard();
            var apps = selection.isInfraOnly()
                    ? Optional.<Apps>empty()
                    : Optional.of(
                            new Apps(RunFolder.repository(), RunFolder.home().resolve("apps")));
            var members = suite.members(cache, apps);
            Preflight.check(members, selection.neededMegabytes(), List.of(folder.root(), cache.root()));
            prepare(cache, apps);
            startedAt = System.nanoTime();
            start(members, apps, elsewhere);
            forever.await();
            throw new IllegalStateException("%s was released.".formatted(lock));
        }
    }

    private void endLeftovers() {
        RunState.read(folder.state()).filter(state -> !state.isRunning()).ifPresent(state -> {
            var count = Leftovers.end(state.children().values());
            if (count > 0) {
                screen.say("Ended %d processes that a killed launcher had left.".formatted(count));
            }
        });
    }

    private void prepare(ServerCache cache, Optional<Apps> apps) {
        var kafka = new Kafka(cache);
        if (!kafka.hasAotCache()) {
            screen.say("Preparing MariaDB, Redis and Kafka (once) ...");
            kafka.trainAotCache(FreePorts.next(), FreePorts.next());
        }
        apps.ifPresent(present -> {
            var services =
                    Arrays.stream(Service.values()).filter(selection::has).toList();
            present.prepare(services, line -> screen.say("  " + line));
        });
    }

    private void start(List<Member> members, Optional<Apps> apps, Set<Service> elsewhere)
            throws IOException, InterruptedException {
        var supervisor = new Supervisor(folder, members, screen::event);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(supervisor), "end"));
        var restart = new Restart(supervisor, service -> standIn(service, apps));
        Control.serve(folder.controlSocket(), (question, say) -> answer(supervisor, restart, question, say));
        screen.openTable();
        var deadline = System.nanoTime() + LONGEST_START.toNanos();
        var probe = new SuiteProbe(suite, selection);
        var missing = Optional.of("not every process is ready");
        while (missing.isPresent()) {
            if (System.nanoTime() > deadline) {
                throw new CannotStartException(
                        "The suite was not ready after %d s: %s.".formatted(LONGEST_START.toSeconds(), missing.get()));
            }
            missing = supervisor.startWhatCan()
                    ? selection.isInfraOnly() ? Optional.<String>empty() : probe.missing()
                    : Optional.of("not every process is ready");
            screen.draw(supervisor.snapshots(), secondsSinceStart());
            Thread.sleep(POLL_MILLIS);
        }
        readyAfter = Duration.ofNanos(System.nanoTime() - startedAt);
        screen.closeTable(supervisor.snapshots());
        screen.say("  memory: " + Table.memory(supervisor.snapshots()));
        tellReady(elsewhere);
        // Last, since whoever started this with --detach stops listening now.
        supervisor.declareReady();
    }

    private void tellReady(Set<Service> elsewhere) {
        var seconds = String.format(Locale.ROOT, "%.1f s", readyAfter.toMillis() / 1000.0);
        screen.say("");
        if (selection.isInfraOnly()) {
            screen.say("The servers are ready after " + seconds + ":");
            suite.serverAddresses().forEach((name, address) -> screen.say("  %-8s %s".formatted(name, address)));
        } else if (selection.has(Service.GATEWAY)) {
            ReadyMessage.lines(suite.url(Service.GATEWAY), seconds, portOption).forEach(screen::say);
        } else {
            screen.say("Ready after " + seconds + ".");
        }
        for (var service : elsewhere) {
            screen.say("");
            screen.say("To run %s yourself, give it this environment:".formatted(service.artifact()));
            suite.environment(service, 1).forEach((name, value) -> screen.say("  %s=%s".formatted(name, value)));
        }
        screen.say("");
        screen.say("Ctrl-C or ./breakwater down%s ends it.".formatted(portOption));
    }

    private void answer(Supervisor supervisor, Restart restart, String question, Consumer<String> say) {
        var words = question.split(" ", 2);
        switch (words[0]) {
            case "status" -> status(supervisor).forEach(say);
            case "stop" ->
                supervisor.meantBy(words[1]).forEach(one -> {
                    one.stop();
                    say.accept(one.member().name() + " is stopped");
                });
            case "start" ->
                supervisor.meantBy(words[1]).forEach(one -> {
                    one.start();
                    say.accept(one.member().name() + " is being started");
                });
            case "restart" -> restart.atOnce(words[1], say);
            case "roll" -> restart.rolling(words[1], say);
            default -> throw new CannotStartException("The launcher does not know the word " + words[0] + ".");
        }
    }

    private Member standIn(Service service, Optional<Apps> apps) {
        var member = suite.standIn(service, apps.orElseThrow());
        Preflight.check(List.of(member), Selection.MEGABYTES_OF_A_SERVICE, List.of());
        return member;
    }

    private List<String> status(Supervisor supervisor) {
        var snapshots = supervisor.snapshots();
        var lines = new ArrayList<>(Table.render(snapshots));
        lines.add("  memory: " + Table.memory(snapshots));
        lines.add(
                supervisor.isReady()
                        ? String.format(Locale.ROOT, "  ready after %.1f s", readyAfter.toMillis() / 1000.0)
                        : String.format(Locale.ROOT, "  starting for %.0f s", secondsSinceStart()));
        if (selection.has(Service.GATEWAY)) {
            lines.add("  " + suite.url(Service.GATEWAY));
        }
        return lines;
    }

    private void end(Supervisor supervisor) {
        screen.closeTable(supervisor.snapshots());
        screen.say("Stopping ...");
        supervisor.endAll();
        try {
            if (keepsData) {
                Folders.delete(folder.temporary());
            } else {
                folder.clearTemporary();
            }
            Files.deleteIfExists(folder.controlSocket());
            Files.deleteIfExists(folder.state());
        } catch (IOException e) {
            screen.say("Some files could not be deleted: " + e.getMessage());
        }
        screen.say("Everything is stopped.");
    }

    private double secondsSinceStart() {
        return (System.nanoTime() - startedAt) / 1e9;
    }
}
