package dev.breakwater.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a virtual machine's processors were doing, from the first line of {@code /proc/stat} (proc(5)). What its host
 * gave to other machines while it wanted to work slows a measurement, and rarely both sides alike.
 *
 * @param busy ticks at work
 * @param stolen ticks that the host gave to others
 */
record ProcessorTime(long busy, long stolen) {

    private static final Path STAT = Path.of("/proc/stat");
    private static final int IDLE = 3;
    private static final int WAITING_FOR_DISK = 4;
    private static final int STOLEN = 7;

    /** Empty on a system that does not tell. */
    static Optional<ProcessorTime> now() {
        try (var lines = Files.lines(STAT)) {
            return lines.findFirst().flatMap(ProcessorTime::parse);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** @param line {@code cpu user nice system idle iowait irq softirq steal ...} */
    static Optional<ProcessorTime> parse(String line) {
        var fields = line.strip().split("\\s+");
        if (!fields[0].equals("cpu") || fields.length <= STOLEN + 1) {
            return Optional.empty();
        }
        var ticks =
                Arrays.stream(fields, 1, STOLEN + 2).mapToLong(Long::parseLong).toArray();
        var all = Arrays.stream(ticks).sum();
        return Optional.of(
                new ProcessorTime(all - ticks[IDLE] - ticks[WAITING_FOR_DISK] - ticks[STOLEN], ticks[STOLEN]));
    }

    /** Of the time that was wanted since then, the share that others got; 0 to 1. */
    double stolenSince(ProcessorTime before) {
        var wanted = busy - before.busy + stolen - before.stolen;
        return wanted == 0 ? 0 : (double) (stolen - before.stolen) / wanted;
    }
}
