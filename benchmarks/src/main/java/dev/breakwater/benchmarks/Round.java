package dev.breakwater.benchmarks;

import java.time.Duration;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * What a side did in one round.
 *
 * @param done how many things
 * @param micros how long each call took; empty where nobody waited for a single one
 */
public record Round(long done, Duration took, AbstractHistogram micros) {

    /** Done in bulk, with nobody waiting for a single thing. */
    public static Round inBulk(long done, Duration took) {
        return new Round(done, took, new Histogram(1));
    }

    double perSecond() {
        return done / (took.toNanos() / 1e9);
    }

    public double percentileMillis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }
}
