package dev.breakwater.benchmarks;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Callers who come at a rate, whether the ones before have been answered or not: so many at once every so many
 * milliseconds, each on a virtual thread of its own. A call takes as long as from the millisecond in which it was due.
 */
public record OpenLoop(int callers, int everyMillis) {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    public OpenLoop(int perMilli) {
        this(perMilli, 1);
    }

    public Round run(Duration length, ClosedLoop.Call call) {
        var micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
        var done = new LongAdder();
        var failure = new AtomicReference<@Nullable Exception>();
        var began = System.nanoTime();
        come(milli -> milli < length.toMillis() && failure.get() == null, due -> {
            try {
                call.once();
                done.increment();
                micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - due) / 1_000));
            } catch (Exception e) {
                failure.compareAndSet(null, e);
            }
        });
        var failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("a call failed: " + failed, failed);
        }
        return new Round(done.sum(), Duration.ofNanos(System.nanoTime() - began), micros);
    }

    /**
     * Returns when nobody else is to come and all have been answered.
     *
     * @param goesOn is told the milliseconds since the beginning, and says whether somebody comes then
     * @param caller is told when it was due, in the time of {@link System#nanoTime}
     */
    public void come(LongPredicate goesOn, LongConsumer caller) {
        come(System.nanoTime(), goesOn, caller);
    }

    /** @param began when the first is due, in the time of {@link System#nanoTime} */
    public void come(long began, LongPredicate goesOn, LongConsumer caller) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var milli = 0L; goesOn.test(milli); milli += everyMillis) {
                var due = began + TimeUnit.MILLISECONDS.toNanos(milli);
                for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                for (var one = 0; one < callers; one++) {
                    threads.execute(() -> caller.accept(due));
                }
            }
        }
    }
}
