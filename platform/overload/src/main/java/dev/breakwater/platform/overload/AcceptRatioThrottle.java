package dev.breakwater.platform.overload;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * A caller that holds itself back from a service that does not accept what it is sent, because saying no costs that
 * service too. Of the calls that are to be made, this share is refused here ("Site Reliability Engineering", Beyer et
 * al., 2016, chapter 21, "Client-Side Throttling"):
 *
 * <pre>
 *   max(0, (requests - K * accepts) / (requests + 1))
 * </pre>
 *
 * over a sliding window, requests being all that were to be made, those refused here included, so that about K times of
 * what is accepted is sent. Calls under way do not count yet. Two bounds are not in the book: {@code leastPerSecond}
 * and {@code mostRefused}, both from Envoy's admission control filter ({@code rps_threshold},
 * {@code max_rejection_probability}).
 *
 * <p>One throttle for what is accepted or not alike: calls of different priority have different ones, or those that are
 * shed first would hold back the others. Lock-free.
 */
public final class AcceptRatioThrottle {

    private final AcceptRatioSettings settings;
    private final DoubleSupplier random;
    private final LongSupplier nanoTime;
    private final SlidingCount requests;
    private final SlidingCount accepts;
    private final double fewRequests;
    private final LongAdder refused = new LongAdder();

    /**
     * @param random at least 0 and less than 1, evenly
     * @param nanoTime as {@link System#nanoTime}
     */
    public AcceptRatioThrottle(AcceptRatioSettings settings, DoubleSupplier random, LongSupplier nanoTime) {
        this.settings = settings;
        this.random = random;
        this.nanoTime = nanoTime;
        requests = new SlidingCount(settings.window(), nanoTime.getAsLong());
        accepts = new SlidingCount(settings.window(), nanoTime.getAsLong());
        fewRequests = settings.leastPerSecond() * settings.window().toMillis() / 1_000;
    }

    /** Whether a call may be made; of one that was, {@link #accepted} or {@link #notAccepted} is told. */
    public boolean tryCall() {
        var now = nanoTime.getAsLong();
        if (random.getAsDouble() >= refusedShare(now)) {
            return true;
        }
        requests.add(now);
        refused.increment();
        return false;
    }

    /** The service took the call on, whatever it answered. */
    public void accepted() {
        var now = nanoTime.getAsLong();
        requests.add(now);
        accepts.add(now);
    }

    /** The service said that it has too much to do, or nothing at all. */
    public void notAccepted() {
        requests.add(nanoTime.getAsLong());
    }

    /** How many calls were refused here so far. */
    public long refused() {
        return refused.sum();
    }

    private double refusedShare(long now) {
        var all = requests.sum(now);
        if (all < fewRequests) {
            return 0;
        }
        var share = (all - settings.ratio() * accepts.sum(now)) / (all + 1);
        return Math.clamp(share, 0, settings.mostRefused());
    }
}
