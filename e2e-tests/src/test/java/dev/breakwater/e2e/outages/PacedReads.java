package dev.breakwater.e2e.outages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.e2e.suite.Caller;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads that come at a rate, one path after another, whether the ones before have been answered or not. */
final class PacedReads implements AutoCloseable {

    private final Caller caller;
    private final List<String> paths;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();

    private PacedReads(Caller caller, List<String> paths) {
        this.caller = caller;
        this.paths = paths;
    }

    static PacedReads begin(Caller caller, List<String> paths, int perSecond) {
        var reads = new PacedReads(caller, paths);
        var ignored = reads.clock.scheduleAtFixedRate(
                () -> reads.readers.execute(reads::next),
                0,
                TimeUnit.SECONDS.toNanos(1) / perSecond,
                TimeUnit.NANOSECONDS);
        return reads;
    }

    int answered() {
        return answered.get();
    }

    /** What was not answered with 200, and how. */
    Queue<String> failed() {
        return failed;
    }

    /** Lets everybody finish what they read. */
    void stop() throws InterruptedException {
        clock.shutdown();
        assertThat(clock.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        readers.shutdown();
        assertThat(readers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        readers.shutdownNow();
    }

    private void next() {
        var path = paths.get(Math.floorMod(begun.getAndIncrement(), paths.size()));
        try {
            var answer = caller.get(path);
            answered.incrementAndGet();
            if (answer.status() != 200) {
                failed.add("%s answered %d %s".formatted(path, answer.status(), answer.text()));
            }
        } catch (RuntimeException e) {
            failed.add(path + ": " + e);
        }
    }
}
