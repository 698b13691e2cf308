package dev.breakwater.platform.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A {@link Program} as a process of its own, which can be started, stopped, killed, frozen and started again. */
public final class LocalProcess implements Server, AutoCloseable {

    private static final long POLL_MILLIS = 50;

    private final Program program;
    private final Path log;
    private volatile @Nullable Process process;

    /** Output is appended to {@code log}. */
    public LocalProcess(Program program, Path log) {
        this.program = program;
        this.log = log;
    }

    @Override
    public String name() {
        return program.name();
    }

    @Override
    public int port() {
        return program.port();
    }

    public long pid() {
        return running().pid();
    }

    /** Names the process that runs now, or ran last. */
    public ProcessMark mark() {
        return ProcessMark.of(running().toHandle());
    }

    @Override
    public boolean isRunning() {
        var current = process;
        return current != null && current.isAlive();
    }

    /** Completed with the exit status when the process that runs now has ended, for whatever reason. */
    public CompletableFuture<Integer> onExit() {
        return running().onExit().thenApply(Process::exitValue);
    }

    @Override
    public synchronized LocalProcess start() {
        if (isRunning()) {
            throw new IllegalStateException(name() + " runs already.");
        }
        var builder = new ProcessBuilder(program.command())
                .directory(program.directory().toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(program.environment());
        try {
            Files.createDirectories(program.directory());
            process = builder.start();
            return this;
        } catch (IOException e) {
            throw new CannotStartException("%s cannot be started: %s.".formatted(name(), e.getMessage()), e);
        }
    }

    @Override
    public boolean isReady() {
        try {
            return isRunning() && program.readiness().isReady(port());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public LocalProcess awaitReady(Duration atMost) throws InterruptedException {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (!isReady()) {
            if (running().waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new CannotStartException("%s ended with status %d while it was starting; see %s.%s"
                        .formatted(name(), running().exitValue(), log, tail()));
            }
            if (System.nanoTime() > deadline) {
                throw new CannotStartException(
                        "%s was not ready after %d s; see %s.".formatted(name(), atMost.toSeconds(), log));
            }
        }
        return this;
    }

    /** Asks it to stop and waits; after the program's own bound it is killed. */
    @Override
    public synchronized void stop() {
        var current = process;
        if (current == null) {
            return;
        }
        current.destroy();
        end(current, program.stopsWithin());
    }

    @Override
    public synchronized void kill() {
        var current = process;
        if (current != null) {
            end(current, Duration.ZERO);
        }
    }

    @Override
    public void pause() {
        signal("-STOP");
    }

    @Override
    public void resume() {
        signal("-CONT");
    }

    @Override
    public void close() {
        stop();
    }

    private void end(Process current, Duration patience) {
        try {
            if (patience.isZero() || !current.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                current.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            current.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void signal(String signal) {
        try {
            var kill = new ProcessBuilder("kill", signal, Long.toString(pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill %s %d failed.".formatted(signal, pid()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("kill cannot be run.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }

    private Process running() {
        var current = process;
        if (current == null) {
            throw new IllegalStateException(name() + " was not started.");
        }
        return current;
    }

    /** The last lines of its output: the reason is nearly always among them. */
    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            var last = lines.subList(Math.max(0, lines.size() - 5), lines.size());
            return last.isEmpty() ? "" : " Its last lines:\n  " + String.join("\n  ", last);
        } catch (IOException e) {
            return "";
        }
    }
}
