package dev.breakwater.benchmarks.workers;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts the calls that end in a phase; those that were cut off count with the time until then. */
final class Tally {

    private final LongAdder good = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final ConcurrentHistogram micros = new ConcurrentHistogram(3);

    void good(long tookNanos) {
        good.increment();
        micros.recordValue(tookNanos / 1_000);
    }

    void failed(long tookNanos) {
        failed.increment();
        micros.recordValue(tookNanos / 1_000);
    }

    Figures figures(double seconds, double utilisation, int limit) {
        return new Figures(seconds, good.sum(), failed.sum(), micros.copy(), utilisation, limit, limit);
    }

    /**
     * What was counted.
     *
     * @param good calls that were answered within their deadline
     * @param utilisation of the dependency, 0 to 1
     * @param least the lowest of the limits at the ends of the phases, {@code most} the highest
     */
    record Figures(double seconds, long good, long failed, Histogram micros, double utilisation, int least, int most) {

        double goodput() {
            return good / seconds;
        }

        double failedShare() {
            return good + failed == 0 ? 0 : (double) failed / (good + failed);
        }

        double percentileMillis(double percentile) {
            return micros.getValueAtPercentile(percentile) / 1e3;
        }

        /** One after the other. Utilisation is averaged over time, however many servers there were. */
        Figures and(Figures next) {
            Histogram both = micros.copy();
            both.add(next.micros);
            return new Figures(
                    seconds + next.seconds,
                    good + next.good,
                    failed + next.failed,
                    both,
                    (utilisation * seconds + next.utilisation * next.seconds) / (seconds + next.seconds),
                    Math.min(least, next.least),
                    Math.max(most, next.most));
        }
    }
}
