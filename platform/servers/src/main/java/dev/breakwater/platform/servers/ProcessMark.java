package dev.breakwater.platform.servers;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Names one process for good: a pid alone is given to somebody else once its process has ended. */
public record ProcessMark(long pid, Instant startedAt) {

    /** Linux derives start times from a boot time of whole seconds, which a clock adjustment may move. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    public static ProcessMark of(ProcessHandle process) {
        return new ProcessMark(process.pid(), startOf(process));
    }

    /** From the text of {@link #toString()}. */
    public static ProcessMark parse(String text) {
        var at = text.indexOf('@');
        return new ProcessMark(Long.parseLong(text.substring(0, at)), Instant.parse(text.substring(at + 1)));
    }

    /** The process itself, unless it has ended. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        Duration.between(startedAt, startOf(process)).abs().compareTo(TOLERANCE) <= 0);
    }

    @Override
    public String toString() {
        return pid + "@" + startedAt;
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
