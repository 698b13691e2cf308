package dev.breakwater.demo.launch;

import dev.breakwater.demo.suite.Member;
import dev.breakwater.platform.servers.LocalProcess;
import dev.breakwater.platform.servers.ProcessMark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A process that is started again whenever it ends, until somebody wants it stopped. */
final class Supervised {

    /** Is told what happened; must be quick. */
    interface Listener {
        void changed(Supervised who, String what);
    }

    private static final Duration POLL = Duration.ofMillis(200);

    /** A start that takes longer hangs, and is begun anew. */
    private static final Duration LONGEST_START = Duration.ofSeconds(120);

    private final Member member;
    private final Path log;
    private final Listener listener;
    private final Backoff backoff = new Backoff();

    private boolean wanted = true;
    private boolean ended;
    private Condition condition = Condition.WAITING;
    private @Nullable LocalProcess process;

    /**
     * The process that somebody stopped: its end is no crash, even when it is wanted again by the time it is noticed.
     */
    private @Nullable LocalProcess stopped;

    private Duration startUp = Duration.ZERO;
    private int restarts;
    private int failedStarts;

    Supervised(Member member, Path log, Listener listener) {
        this.member = member;
        this.log = log;
        this.listener = listener;
    }

    Member member() {
        return member;
    }

    Path log() {
        return log;
    }

    /** Supervises until {@link #end}; runs on a thread of its own. */
    void run() {
        try {
            while (awaitWanted()) {
                attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops it and leaves it stopped until {@link #start}. */
    void stop() {
        withdraw(false);
    }

    /** Stops it for good. */
    void end() {
        withdraw(true);
    }

    void start() {
        synchronized (this) {
            wanted = true;
            notifyAll();
        }
        listener.changed(this, "is wanted again");
    }

    /** Waits until it serves; false when it does not within that time, or has ended for good. */
    synchronized boolean awaitReady(Duration atMost) throws InterruptedException {
        var until = System.nanoTime() + atMost.toNanos();
        while (condition != Condition.READY) {
            var left = until - System.nanoTime();
            if (ended || left <= 0) {
                return false;
            }
            wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        }
        return true;
    }

    synchronized Snapshot snapshot() {
        var current = process;
        return new Snapshot(
                member.name(),
                member.port(),
                current != null && current.isRunning() ? Optional.of(current.mark()) : Optional.empty(),
                condition,
                startUp,
                restarts,
                failedStarts);
    }

    /** What is to be seen from outside. */
    record Snapshot(
            String name,
            int port,
            Optional<ProcessMark> process,
            Condition condition,
            Duration startUp,
            int restarts,
            int failedStarts) {}

    private synchronized boolean awaitWanted() throws InterruptedException {
        while (!wanted && !ended) {
            wait();
        }
        return !ended;
    }

    private void attempt() throws InterruptedException {
        var started = System.nanoTime();
        LocalProcess current;
        try {
            current = launch();
        } catch (RuntimeException e) {
            again("cannot be started: " + e.getMessage(), Duration.ZERO);
            return;
        }
        if (current == null) {
            return;
        }
        listener.changed(this, "starts");
        var exit = current.onExit();
        var readyAt = 0L;
        while (true) {
            if (readyAt == 0 && current.isReady()) {
                readyAt = System.nanoTime();
                becameReady(Duration.ofNanos(readyAt - started));
            }
            if (readyAt == 0 && System.nanoTime() - started > LONGEST_START.toNanos()) {
                current.kill();
            }
            try {
                var status = readyAt == 0 ? exit.get(POLL.toMillis(), TimeUnit.MILLISECONDS) : exit.get();
                var served = readyAt == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - readyAt);
                again("ended with status " + status, served);
                return;
            } catch (TimeoutException e) {
                // Still starting.
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private @Nullable LocalProcess launch() {
        // Outside of the lock: it may copy an empty database.
        var fresh = new LocalProcess(OwnSession.of(member.program().get()), log);
        synchronized (this) {
            if (!wanted || ended) {
                return null;
            }
            condition = Condition.STARTING;
            process = fresh.start();
            return fresh;
        }
    }

    private void becameReady(Duration took) {
        synchronized (this) {
            condition = Condition.READY;
            startUp = took;
            failedStarts = 0;
            notifyAll();
        }
        listener.changed(this, "is ready after %.1f s".formatted(took.toMillis() / 1000.0));
    }

    private void again(String why, Duration served) throws InterruptedException {
        Duration delay;
        synchronized (this) {
            if (!wanted || ended || (process != null && process == stopped)) {
                condition = Condition.STOPPED;
                return;
            }
            delay = backoff.afterServing(served);
            condition = Condition.RESTARTING;
            restarts++;
            failedStarts = served.isZero() ? failedStarts + 1 : 0;
        }
        listener.changed(this, "%s; starts again in %.1f s".formatted(why, delay.toMillis() / 1000.0));
        synchronized (this) {
            var until = System.nanoTime() + delay.toNanos();
            while (wanted && !ended && System.nanoTime() < until) {
                wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
            }
        }
    }

    private void withdraw(boolean forGood) {
        LocalProcess current;
        synchronized (this) {
            wanted = false;
            ended = ended || forGood;
            current = process;
            stopped = current;
            notifyAll();
        }
        if (current != null) {
            current.stop();
        }
        synchronized (this) {
            if (!wanted) {
                condition = Condition.STOPPED;
            }
        }
        listener.changed(this, "is stopped");
    }
}
