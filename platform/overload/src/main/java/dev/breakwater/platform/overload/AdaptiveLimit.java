package dev.breakwater.platform.overload;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How many calls a dependency can take at a time, found out from how long it takes for them: Gradient2 of Netflix
 * concurrency-limits ("Performance Under Load", Netflix Technology Blog, 2018), once for each window of calls:
 *
 * <pre>
 *   gradient = max(0.5, min(1, 1.5 * longRtt / rtt))
 *   limit'   = 0.8 * limit + 0.2 * (gradient * limit + 4)     within [min, max]
 * </pre>
 *
 * {@code rtt} is the average of the window and {@code longRtt} its exponential average over {@code longWindow} windows,
 * what is normal. Up to 1.5 times the normal, the limit grows by 0.8 a window; above that it falls, by a tenth at most;
 * while fewer than half of it are used it stays. 4 calls more than the dependency can work at are what makes a queue,
 * and so a rise, visible at all.
 *
 * <p>Not Vegas, the other algorithm of the library, which compares with the shortest window seen: where service times
 * vary, one lucky window makes all others look like a queue, and it stayed at half of what the dependency could do
 * ({@code ./breakwater bench workers} has both). The price: it is the normal that follows, so under a backlog without
 * end the limit creeps up until latency or {@code max} stops it.
 *
 * <p>What the library leaves to its user is done here. Gradient2 does not look at drops: a dropped call counts as one
 * that took at least {@code droppedAs}. The library's own windows end by the clock and are thrown away with fewer than
 * 10 calls in them, so that few slow calls would never move the limit again: a window here lasts 100 ms <i>and</i> 10
 * calls.
 */
public final class AdaptiveLimit implements Limit {

    private static final long SHORTEST_WINDOW = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int LEAST_SAMPLES = 10;
    private static final double TOLERANCE = 1.5;

    private final Gradient2Limit gradient;
    private final long droppedAs;

    private long windowBegan;
    private int samples;
    private long totalRtt;
    private int mostInFlight;
    private boolean dropped;

    public AdaptiveLimit(AdaptiveLimitSettings settings) {
        gradient = Gradient2Limit.newBuilder()
                .minLimit(settings.min())
                .maxConcurrency(settings.max())
                .initialLimit(settings.initial())
                .longWindow(settings.longWindow())
                .rttTolerance(TOLERANCE)
                .build();
        droppedAs = settings.droppedAs().toNanos();
    }

    @Override
    public int getLimit() {
        return gradient.getLimit();
    }

    @Override
    public void notifyOnChange(Consumer<Integer> consumer) {
        gradient.notifyOnChange(consumer);
    }

    @Override
    public synchronized void onSample(long startTime, long rtt, int inFlight, boolean didDrop) {
        long ended = startTime + rtt;
        if (samples == 0) {
            windowBegan = ended;
        }
        samples++;
        totalRtt += didDrop ? Math.max(rtt, droppedAs) : rtt;
        mostInFlight = Math.max(mostInFlight, inFlight);
        dropped |= didDrop;
        if (samples >= LEAST_SAMPLES && ended - windowBegan >= SHORTEST_WINDOW) {
            gradient.onSample(startTime, Math.max(1, totalRtt / samples), mostInFlight, dropped);
            samples = 0;
            totalRtt = 0;
            mostInFlight = 0;
            dropped = false;
        }
    }
}
