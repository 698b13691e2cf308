package dev.breakwater.platform.overload;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How often a caller may try again, so that its retries cannot make an overload worse: over a sliding window
 *
 * <pre>
 *   retries &lt;= share * calls + perSecond * window
 * </pre>
 *
 * One budget a service that is called. After {@code RetryBudget} of Twitter's Finagle; the share of a tenth is that of
 * "Site Reliability Engineering" (Beyer et al., 2016), chapter 21, "Deciding to Retry". Without it a service of which
 * every call fails has twice the load, at the moment when it can bear it least, and with three layers that retry eight
 * times.
 *
 * <p>Lock-free. Of those that ask in the same moment each counts itself before it looks, so that together they never
 * have more than there is; at the very end of a budget two may both be refused where one might have gone.
 */
public final class RetryBudget {

    private final RetryBudgetSettings settings;
    private final LongSupplier nanoTime;
    private final SlidingCount calls;
    private final SlidingCount retries;
    private final double reserve;
    private final LongAdder refused = new LongAdder();

    /** @param nanoTime as {@link System#nanoTime} */
    public RetryBudget(RetryBudgetSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        calls = new SlidingCount(settings.window(), nanoTime.getAsLong());
        retries = new SlidingCount(settings.window(), nanoTime.getAsLong());
        reserve = settings.perSecond() * settings.window().toMillis() / 1_000;
    }

    /** A call is made, for the first time. */
    public void called() {
        calls.add(nanoTime.getAsLong());
    }

    /** Whether the call may be made again; true uses up a part of the budget. */
    public boolean tryRetry() {
        var now = nanoTime.getAsLong();
        retries.add(now);
        if (retries.sum(now) <= settings.share() * calls.sum(now) + reserve) {
            return true;
        }
        retries.takeBack(now);
        refused.increment();
        return false;
    }

    /** How many retries were refused so far. */
    public long refused() {
        return refused.sum();
    }
}
