package dev.breakwater.platform.loadbalancing.nodes;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long an instance takes for a call, where bad news is believed at once and good news slowly: the peak-sensitive
 * exponentially weighted moving average of Finagle's and Linkerd's balancers (Finagle, {@code PeakEwma}; "Beyond Round
 * Robin: Load Balancing for Latency", Linkerd, 2016). A call that took {@code rtt} and ended {@code dt} after the one
 * before it makes of the {@code cost} so far
 *
 * <pre>
 *   cost' = rtt                             if rtt > cost
 *   cost' = cost * w + rtt * (1 - w)        otherwise, with w = e^(-dt / tau)
 * </pre>
 *
 * and a cost that nobody adds to decays as if calls of no length ended all the time, so that an instance that was slow
 * and is avoided for it is tried again.
 *
 * <p>Cost and time are one word, the cost as a float and the time in ticks of 65.5 µs: one compare-and-set an
 * observation, one read a look, nothing allocated. Ticks wrap after 78 hours without a call; all that comes of it is
 * that the old cost is believed once more for a moment.
 */
public final class PeakEwma {

    private static final int TICK_BITS = 16;
    /** 69 s: nobody is held up for longer between a look at the clock and telling of it. */
    private static final int LATE_TICKS = 1 << 20;

    private static final long LOW_WORD = 0xffff_ffffL;

    private final double tauNanos;
    /** The bits of the cost above, the tick below. No cost at all: never observed. */
    private final AtomicLong state = new AtomicLong();

    /** @param tau how far back it remembers, longer than nothing */
    public PeakEwma(Duration tau) {
        tauNanos = tau.toNanos();
    }

    /**
     * @param rtt in ns
     * @param now when the call ended, in ns of the clock that all others are told in too
     */
    public void observe(long rtt, long now) {
        while (true) {
            var before = state.get();
            if (state.compareAndSet(before, observed(before, rtt, now))) {
                return;
            }
        }
    }

    /** In ns; 0 if there never was a call. */
    public double at(long now) {
        return decayed(state.get(), now);
    }

    private long observed(long before, long rtt, long now) {
        // A call of no measurable length is still one: it must not look like none.
        var took = Math.max(1, rtt);
        var cost = costOf(before);
        if (cost != 0 && took < cost) {
            var kept = Math.exp(-elapsed(before, now) / tauNanos);
            return packed(cost * kept + took * (1 - kept), now);
        }
        return packed(took, now);
    }

    private double decayed(long state, long now) {
        var cost = costOf(state);
        return cost == 0 ? 0 : cost * Math.exp(-elapsed(state, now) / tauNanos);
    }

    /** In ns. Never negative: who ends a call may have looked at the clock before somebody who was faster. */
    private static double elapsed(long state, long now) {
        var ticks = (int) (now >> TICK_BITS) - (int) state;
        var isLate = ticks < 0 && ticks > -LATE_TICKS;
        return isLate ? 0 : (double) (Integer.toUnsignedLong(ticks) << TICK_BITS);
    }

    private static float costOf(long state) {
        return Float.intBitsToFloat((int) (state >>> Integer.SIZE));
    }

    private static long packed(double cost, long now) {
        return ((long) Float.floatToRawIntBits((float) cost) << Integer.SIZE) | ((now >> TICK_BITS) & LOW_WORD);
    }
}
