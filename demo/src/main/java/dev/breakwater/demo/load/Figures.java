package dev.breakwater.demo.load;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What became of the orders, and how long the accepted ones took to be answered. */
final class Figures {

    private final long[] nanos;
    private final AtomicInteger accepted = new AtomicInteger();
    private final LongAdder refused = new LongAdder();
    private final Map<String, LongAdder> causes = new ConcurrentHashMap<>();

    Figures(int orders) {
        nanos = new long[orders];
    }

    void accepted(long tookNanos) {
        nanos[accepted.getAndIncrement()] = tookNanos;
    }

    void refused(String cause) {
        refused.increment();
        causes.computeIfAbsent(cause, unknown -> new LongAdder()).increment();
    }

    int accepted() {
        return accepted.get();
    }

    int done() {
        return accepted.get() + refused.intValue();
    }

    Map<String, Long> refusals() {
        var sorted = new TreeMap<String, Long>();
        causes.forEach((cause, count) -> sorted.put(cause, count.sum()));
        return sorted;
    }

    /** The nearest-rank percentile; 0 when nothing was accepted. */
    double percentileMillis(int percentile) {
        var count = accepted.get();
        if (count == 0) {
            return 0;
        }
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        var rank = (int) Math.ceil(percentile / 100.0 * count);
        return sorted[Math.max(0, rank - 1)] / 1e6;
    }
}
