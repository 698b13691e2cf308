package dev.breakwater.benchmarks.edge;

import dev.breakwater.benchmarks.OpenLoop;
import dev.breakwater.benchmarks.http.KeptConnections;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Callers of one kind who come at a rate, whether the ones before were answered or not, and who go when they were not
 * answered by their deadline.
 */
final class Flood implements AutoCloseable {

    private final byte[] request;
    private final OpenLoop arrivals;
    private final Duration deadline;
    private final KeptConnections connections;

    Flood(int port, byte[] request, OpenLoop arrivals, Duration deadline) {
        this.request = request;
        this.arrivals = arrivals;
        this.deadline = deadline;
        connections = new KeptConnections(port, deadline);
    }

    /** What became of those who came in the time that was measured. */
    static final class Tally {

        private final LongAdder inTime = new LongAdder();
        private final LongAdder refused = new LongAdder();
        private final LongAdder inVain = new LongAdder();
        /** Of all who were not refused; those who went had waited for their deadline. */
        private final ConcurrentHistogram micros = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(1), 3);

        long offered() {
            return inTime.sum() + refused.sum() + inVain.sum();
        }

        long inTime() {
            return inTime.sum();
        }

        long refused() {
            return refused.sum();
        }

        double shareInTime() {
            return (double) inTime() / offered();
        }

        double p99Millis() {
            return micros.getValueAtPercentile(99) / 1e3;
        }
    }

    /**
     * Returns when all have been answered or gone.
     *
     * @param before how long they come before it is measured
     */
    Tally run(Duration before, Duration length) {
        var tally = new Tally();
        var unmeasured = new Tally();
        var began = System.nanoTime();
        var measuredFrom = began + before.toNanos();
        var end = before.plus(length).toMillis();
        arrivals.come(began, milli -> milli < end, due -> call(due, due < measuredFrom ? unmeasured : tally));
        return tally;
    }

    private void call(long due, Tally tally) {
        try {
            var status = connections.call(request).status();
            var took = System.nanoTime() - due;
            if (status == 503) {
                tally.refused.increment();
                return;
            }
            (status == 200 && took <= deadline.toNanos() ? tally.inTime : tally.inVain).increment();
            tally.micros.recordValue(TimeUnit.NANOSECONDS.toMicros(took));
        } catch (IOException e) {
            tally.inVain.increment();
            tally.micros.recordValue(TimeUnit.NANOSECONDS.toMicros(deadline.toNanos()));
        }
    }

    @Override
    public void close() throws IOException {
        connections.close();
    }
}
