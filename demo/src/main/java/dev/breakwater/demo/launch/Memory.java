package dev.breakwater.demo.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What processes take, from Linux's {@code /proc}; unknown elsewhere. */
final class Memory {

    private Memory() {}

    /** Proportional set size: what is shared between processes counts once over all of them. In KiB. */
    static OptionalLong pss(long pid) {
        return field(Path.of("/proc", Long.toString(pid), "smaps_rollup"), "Pss:");
    }

    /** Resident set size, in KiB. */
    static OptionalLong rss(long pid) {
        return field(Path.of("/proc", Long.toString(pid), "status"), "VmRSS:");
    }

    /** What could be used without swapping, in KiB. */
    static OptionalLong available() {
        return field(Path.of("/proc/meminfo"), "MemAvailable:");
    }

    private static OptionalLong field(Path file, String name) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }
}
