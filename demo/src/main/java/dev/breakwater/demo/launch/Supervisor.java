package dev.breakwater.demo.launch;

import dev.breakwater.demo.suite.Member;
import dev.breakwater.platform.servers.CannotStartException;
import dev.breakwater.platform.servers.ProcessMark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** All supervised processes of a run: started as soon as what they need serves, ended stage by stage in reverse. */
final class Supervisor {

    /** A process that never once became ready after this many starts will not by the next. */
    private static final int MOST_FAILED_STARTS = 3;

    private final RunFolder folder;
    private final ProcessMark launcher = ProcessMark.of(ProcessHandle.current());
    private final Consumer<String> events;
    private final List<Supervised> all = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ready;
    private boolean ending;

    /** @param events is told in words what happens */
    Supervisor(RunFolder folder, List<Member> members, Consumer<String> events) {
        this.folder = folder;
        this.events = events;
        members.forEach(member -> all.add(supervised(member)));
        writeState();
    }

    private Supervised supervised(Member member) {
        Path log = folder.logs().resolve(member.fileName() + ".log");
        return new Supervised(member, log, this::changed);
    }

    /** One more, started at once. */
    synchronized Supervised add(Member member) {
        if (ending) {
            throw new CannotStartException("Breakwater is ending.");
        }
        var one = supervised(member);
        all.add(one);
        threads.add(Thread.ofVirtual().name(member.name()).start(one::run));
        return one;
    }

    /** Stops it for good, and forgets it. */
    void remove(Supervised one) {
        one.end();
        all.remove(one);
        writeState();
    }

    List<Supervised.Snapshot> snapshots() {
        return all.stream().map(Supervised::snapshot).toList();
    }

    /** Starts whatever can be started; called again and again until everything is ready. */
    synchronized boolean startWhatCan() {
        if (ending) {
            return false;
        }
        var serving = all.stream()
                .filter(one -> one.snapshot().condition() == Condition.READY)
                .flatMap(one -> List.of(one.member().name(), one.member().kind()).stream())
                .collect(Collectors.toSet());
        var everythingReady = true;
        for (var one : all) {
            var snapshot = one.snapshot();
            if (snapshot.failedStarts() >= MOST_FAILED_STARTS) {
                throw new CannotStartException("%s did not start in %d attempts; see %s.%s"
                        .formatted(snapshot.name(), MOST_FAILED_STARTS, one.log(), LogTail.quoted(one.log(), 6)));
            }
            everythingReady &= snapshot.condition() == Condition.READY;
            if (snapshot.condition() == Condition.WAITING
                    && threads.stream().noneMatch(thread -> thread.getName().equals(snapshot.name()))
                    && serving.containsAll(one.member().needs())) {
                threads.add(Thread.ofVirtual().name(snapshot.name()).start(one::run));
            }
        }
        return everythingReady;
    }

    /** From now on the run counts as ready. */
    void declareReady() {
        ready = true;
        writeState();
    }

    boolean isReady() {
        return ready;
    }

    /** Those meant by the name; throws {@link CannotStartException} when there is none. */
    List<Supervised> meantBy(String name) {
        var meant = all.stream().filter(one -> one.member().isMeantBy(name)).toList();
        if (meant.isEmpty()) {
            throw new CannotStartException("There is no %s here; there are %s."
                    .formatted(
                            name, all.stream().map(one -> one.member().name()).collect(Collectors.joining(", "))));
        }
        return meant;
    }

    /** Ends everything, the members of a stage together, the last stage first. */
    void endAll() {
        synchronized (this) {
            ending = true;
        }
        var stages = all.stream()
                .map(one -> one.member().stage())
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        for (var stage : stages) {
            var enders = all.stream()
                    .filter(one -> one.member().stage() == stage)
                    .map(one -> Thread.ofVirtual().start(one::end))
                    .toList();
            for (var ender : enders) {
                join(ender);
            }
        }
    }

    private void changed(Supervised who, String what) {
        writeState();
        events.accept("%s %s".formatted(who.member().name(), what));
    }

    private synchronized void writeState() {
        var children = new LinkedHashMap<String, ProcessMark>();
        for (var snapshot : snapshots()) {
            snapshot.process().ifPresent(mark -> children.put(snapshot.name(), mark));
        }
        new RunState(launcher, ready, children).write(folder.state());
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
