package dev.breakwater.platform.overload;

import com.netflix.concurrency.limits.Limit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in: one limit on the calls inside, usually an {@link AdaptiveLimit}, of which each priority may use its
 * share. A call of priority p comes in while
 *
 * <pre>
 *   inFlight &lt; limit * share(p)
 * </pre>
 *
 * <p>So a flood of what matters less never takes the room above its share, and what matters more takes the rest from it
 * as calls end: as many as come in above, so many are kept out below. (The partitions of Netflix concurrency-limits,
 * which the limit is from, guarantee each group a part instead; strict priority is that of "Overload Control for
 * Scaling WeChat Microservices", Zhou et al., 2018, and of the criticalities in chapter 21 of "Site Reliability
 * Engineering", Beyer et al., 2016.)
 *
 * <p>Nobody waits here, and nothing but what came in is measured: a limit that took its own queue for latency would
 * fall, and so make the queue longer, until nothing moved. Lock-free, but for the limit's own look at a sample.
 */
public final class Door {

    private final Limit limit;
    private final LongSupplier nanoTime;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Map<Priority, Gate> gates = new EnumMap<>(Priority.class);

    public Door(Limit limit, Shares shares) {
        this(limit, shares, System::nanoTime);
    }

    Door(Limit limit, Shares shares, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        for (var priority : Priority.values()) {
            gates.put(priority, new Gate(shares.of(priority), new LongAdder(), new LongAdder()));
        }
    }

    /** What is known of the calls of one priority. */
    private record Gate(double share, LongAdder admitted, LongAdder refused) {}

    /** A call that is inside. */
    public final class Place {

        private final long enteredAt = nanoTime.getAsLong();
        private final int inFlightThen;

        private Place(int inFlightThen) {
            this.inFlightThen = inFlightThen;
        }

        /**
         * To be called once, when the call has ended, however it did.
         *
         * @param sample what it says about how much can be done at a time
         */
        public void leave(Sample sample) {
            inFlight.decrementAndGet();
            if (sample != Sample.IGNORED) {
                var took = Math.max(1, nanoTime.getAsLong() - enteredAt);
                limit.onSample(enteredAt, took, inFlightThen, sample == Sample.DROPPED);
            }
        }
    }

    /** Null when there is no room: then the answer is no, at once. */
    public @Nullable Place enter(Priority priority) {
        var gate = gate(priority);
        var now = inFlight.get();
        while (now < limit.getLimit() * gate.share) {
            var seen = inFlight.compareAndExchange(now, now + 1);
            if (seen == now) {
                gate.admitted.increment();
                return new Place(now + 1);
            }
            now = seen;
        }
        gate.refused.increment();
        return null;
    }

    public int limit() {
        return limit.getLimit();
    }

    public int inFlight() {
        return inFlight.get();
    }

    /** How many came in so far. */
    public long admitted(Priority priority) {
        return gate(priority).admitted.sum();
    }

    /** How many were turned away so far. */
    public long refused(Priority priority) {
        return gate(priority).refused.sum();
    }

    private Gate gate(Priority priority) {
        return Objects.requireNonNull(gates.get(priority));
    }
}
