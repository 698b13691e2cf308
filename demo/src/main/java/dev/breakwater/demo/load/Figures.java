package dev.breakwater.demo.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/** What became of the orders, and how long the accepted ones took to be answered. */
final class Figures {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    /** Three digits are exact. */
    private final ConcurrentHistogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);

    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Map<String, LongAdder> causes = new ConcurrentHashMap<>();

    void accepted(long tookNanos) {
        micros.recordValue(Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(tookNanos)));
        accepted.increment();
    }

    void refused(String cause) {
        refused.increment();
        causes.computeIfAbsent(cause, unknown -> new LongAdder()).increment();
    }

    int accepted() {
        return accepted.intValue();
    }

    int done() {
        return accepted.intValue() + refused.intValue();
    }

    Map<String, Long> refusals() {
        var sorted = new TreeMap<String, Long>();
        causes.forEach((cause, count) -> sorted.put(cause, count.sum()));
        return sorted;
    }

    /** 0 when nothing was accepted. */
    double percentileMillis(int percentile) {
        return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percentile) / 1e3;
    }
}
