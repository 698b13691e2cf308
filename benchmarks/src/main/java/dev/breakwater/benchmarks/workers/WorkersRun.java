package dev.breakwater.benchmarks.workers;

import com.netflix.concurrency.limits.Limit;
import dev.breakwater.platform.overload.AdaptiveWorkers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One side at work: a dependency of its own, workers with a limit, and always more work than they get done. */
final class WorkersRun {

    /** A call that takes longer is given up, and was for nothing. */
    static final Duration DEADLINE = Duration.ofMillis(500);

    /** More than any limit, so that workers never wait for work. */
    private static final int BACKLOG = 200;

    private final Limit limit;
    private final Station station;
    private final AdaptiveWorkers workers;
    private volatile Tally tally = new Tally();
    private long phaseBegan = System.nanoTime();

    WorkersRun(Side side, Phase first) {
        limit = side.limit().get();
        station = new Station(first);
        workers = new AdaptiveWorkers(side.name(), limit, new SimpleMeterRegistry(), this::more);
    }

    void begin() {
        phaseBegan = System.nanoTime();
        for (int i = 0; i < BACKLOG; i++) {
            more();
        }
    }

    private void more() {
        try {
            workers.submit(this::call);
        } catch (RejectedExecutionException e) {
            // The run is over.
        }
    }

    private Void call() throws Exception {
        long began = System.nanoTime();
        try {
            station.call().get(DEADLINE.toNanos(), TimeUnit.NANOSECONDS);
            tally.good(System.nanoTime() - began);
        } catch (TimeoutException e) {
            tally.failed(System.nanoTime() - began);
            throw e;
        }
        return null;
    }

    void enter(Phase next) {
        station.enter(next);
    }

    /** What happened since the last time. */
    Tally.Figures figures() {
        Tally ended = tally;
        tally = new Tally();
        long now = System.nanoTime();
        double seconds = (now - phaseBegan) / 1e9;
        phaseBegan = now;
        return ended.figures(seconds, station.utilisation(), limit.getLimit());
    }

    void end() throws InterruptedException {
        workers.close(Duration.ZERO);
    }
}
