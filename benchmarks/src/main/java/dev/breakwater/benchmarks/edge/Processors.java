package dev.breakwater.benchmarks.edge;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;

/**
 * Processor time, of this process and of another one.
 *
 * @param at when it was read, in the time of {@link System#nanoTime}
 */
record Processors(long at, Duration own, Duration other) {

    /** @param pid of the other process */
    static Processors now(long pid) {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        var other = ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
        return new Processors(System.nanoTime(), Duration.ofNanos(system.getProcessCpuTime()), other);
    }

    Processors since(Processors before) {
        return new Processors(at - before.at, own.minus(before.own), other.minus(before.other));
    }

    /** Of a difference: how many processors each had. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f, %.2f", (double) own.toNanos() / at, (double) other.toNanos() / at);
    }
}
