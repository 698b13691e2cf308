package dev.breakwater.demo.launch;

import dev.breakwater.demo.suite.Member;
import dev.breakwater.demo.suite.Service;
import dev.breakwater.platform.servers.CannotStartException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** Gives a service new processes, at once or one after the other. */
final class Restart {

    /** Longer than the supervisor waits before it takes a start for a hung one. */
    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final Supervisor supervisor;
    private final Function<Service, Member> standIn;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    /** @param standIn one instance more of a service, where it can have one */
    Restart(Supervisor supervisor, Function<Service, Member> standIn) {
        this.supervisor = supervisor;
        this.standIn = standIn;
    }

    /** Stops all that are meant, and returns when all of them serve again. */
    void atOnce(String name, Consumer<String> say) {
        var meant = supervisor.meantBy(name);
        alone(() -> {
            meant.forEach(one -> {
                one.stop();
                say.accept(one.member().name() + " is stopped");
            });
            meant.forEach(Supervised::start);
            meant.forEach(one -> awaitReady(one, say));
        });
    }

    /** Never stops one before another of the service serves; refuses where there can be no other. */
    void rolling(String name, Consumer<String> say) {
        var meant = supervisor.meantBy(name);
        alone(() -> {
            var kind = meant.getFirst().member().kind();
            var all = supervisor.meantBy(kind);
            requireReady(all);
            var began = System.nanoTime();
            if (all.size() > 1) {
                oneAfterTheOther(meant, say);
            } else {
                besideAnother(meant, requireStandIn(kind), say);
            }
            say.accept("%s was restarted in %s".formatted(name, since(began)));
        });
    }

    private void besideAnother(List<Supervised> meant, Member member, Consumer<String> say) {
        say.accept("%s starts, to serve meanwhile".formatted(member.name()));
        var other = supervisor.add(member);
        try {
            awaitReady(other, say);
            oneAfterTheOther(meant, say);
        } finally {
            supervisor.remove(other);
        }
        say.accept("%s is stopped".formatted(member.name()));
    }

    private void oneAfterTheOther(List<Supervised> meant, Consumer<String> say) {
        for (var one : meant) {
            say.accept("%s leaves".formatted(one.member().name()));
            var began = System.nanoTime();
            one.stop();
            say.accept(
                    "%s is stopped after %s, and starts".formatted(one.member().name(), since(began)));
            one.start();
            awaitReady(one, say);
        }
    }

    private Member requireStandIn(String kind) {
        return Service.named(kind)
                .filter(Service::canHaveStandIn)
                .map(standIn)
                .orElseThrow(() -> new CannotStartException(
                        "There is one %s, at a port where all look for it, so it cannot be replaced without a gap.%n./breakwater restart %s makes that gap short."
                                .formatted(kind, kind)));
    }

    private static void requireReady(List<Supervised> all) {
        for (var one : all) {
            var condition = one.snapshot().condition();
            if (condition != Condition.READY) {
                throw new CannotStartException(
                        "%s is %s; a rolling restart begins when all instances are ready. ./breakwater status shows them."
                                .formatted(one.member().name(), condition.name().toLowerCase(Locale.ROOT)));
            }
        }
    }

    private static void awaitReady(Supervised one, Consumer<String> say) {
        try {
            if (!one.awaitReady(LONGEST_START)) {
                throw new CannotStartException("%s is not ready after %d s; what follows was left as it is. See %s."
                        .formatted(one.member().name(), LONGEST_START.toSeconds(), one.log()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted.", e);
        }
        say.accept("%s is ready after %.1f s"
                .formatted(one.member().name(), one.snapshot().startUp().toMillis() / 1000.0));
    }

    private void alone(Runnable restart) {
        if (!oneAtATime.tryLock()) {
            throw new CannotStartException("Another restart is under way; try again when it is done.");
        }
        try {
            restart.run();
        } finally {
            oneAtATime.unlock();
        }
    }

    private static String since(long began) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - began) / 1e9);
    }
}
