package dev.breakwater.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Callers who wait for an answer and then call again, each on a virtual thread.
 *
 * <p>What is answered within the round counts. What is under way at its end is waited for and does not count, as what
 * was under way before its beginning would have.
 *
 * @param callers how many wait at the same time
 */
public record ClosedLoop(int callers) {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    /** What a caller does; throwing ends the whole measurement. */
    @FunctionalInterface
    public interface Call {
        void once() throws Exception;
    }

    public Round run(Duration length, Call call) throws Exception {
        var micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
        var done = new LongAdder();
        var failed = new AtomicBoolean();
        var end = System.nanoTime() + length.toNanos();
        var running = new ArrayList<Future<?>>(callers);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var caller = 0; caller < callers; caller++) {
                running.add(threads.submit(() -> {
                    var before = System.nanoTime();
                    while (before - end < 0 && !failed.get()) {
                        try {
                            call.once();
                        } catch (Exception | Error e) {
                            failed.set(true);
                            throw e;
                        }
                        var after = System.nanoTime();
                        if (after - end <= 0) {
                            done.increment();
                            micros.recordValue(Math.min(LONGEST_MICROS, (after - before) / 1_000));
                        }
                        before = after;
                    }
                    return null;
                }));
            }
        }
        for (var one : running) {
            awaited(one);
        }
        return new Round(done.sum(), length, micros);
    }

    private static void awaited(Future<?> one) throws Exception {
        try {
            one.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call failed: " + e.getCause(), e.getCause());
        }
    }
}
