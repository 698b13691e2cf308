package dev.breakwater.platform.overload.rate;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket that several instances share without asking it at each call. Each takes tokens ahead, as many as it
 * has use for within a tenth of a second, and takes the next ones behind the calls' backs when half of them are gone. A
 * shared bucket that gave less than was asked for is empty: until it is asked again, between 25 and 75 ms later, calls
 * are refused at once. Only a call of which nothing is known, the first for a while, waits for an answer, and for 50 ms
 * at most.
 *
 * <p>From a full bucket on, all instances together never let through more than {@code burst + rate × time}: every call
 * is paid for with a token of the shared bucket, but for a fiftieth of the burst which they may spend on credit, and
 * which the shared bucket does not hold. In a time that begins anywhere it may be more by what was held ahead when it
 * began, a tenth of a second's worth. It may be less by what was taken ahead and forgotten, and where the burst is what
 * comes in a few milliseconds, in which nobody can ask.
 *
 * <p>While the shared bucket cannot be reached, each instance lets through its share of the rate, as its last word with
 * the shared bucket left it: with its part of what was there.
 */
public final class LeasedBucket implements Limiter {

    private static final Duration AHEAD = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(50);

    private final Rate rate;
    private final SharedBucket shared;
    private final Sharing sharing;
    private final LongSupplier nanoTime;
    private final Lease lease = new Lease();
    private final Demand demand;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicReference<@Nullable CompletableFuture<Void>> underWay = new AtomicReference<>();

    private volatile Answer last;
    private volatile int ahead;
    private volatile long lastShared;
    private volatile @Nullable Alone alone;

    public LeasedBucket(Rate rate, SharedBucket shared, Sharing sharing, LongSupplier nanoTime) {
        this.rate = rate;
        this.shared = shared;
        this.sharing = sharing;
        this.nanoTime = nanoTime;
        var now = nanoTime.getAsLong();
        this.demand = new Demand(AHEAD, now);
        this.last = Answer.none(rate, now);
        // As if it had been left for as long as a bucket takes to fill.
        this.lastShared = now - rate.toFill().toNanos();
    }

    /** This instance's own share. */
    private record Alone(int sharers, TokenBucket bucket) {}

    @Override
    public Decision take() {
        demand.came();
        var now = nanoTime.getAsLong();
        if (!sharing.isPossible()) {
            return takeAlone(now);
        }
        if (takeLeased(now)) {
            return Decision.ADMITTED;
        }
        var known = last;
        if (known.isEmpty(now)) {
            return Decision.REFUSED;
        }
        if (known.wasEmpty(now)) {
            // Under a flood somebody always comes by in time, so nobody ever waits in it.
            var ignored = ask(now);
            return Decision.REFUSED;
        }
        return takeWhenAnswered(now);
    }

    private boolean takeLeased(long now) {
        if (!lease.tryTake(now, rate.credit() / sharing.sharers())) {
            return false;
        }
        lastShared = now;
        if (alone != null) {
            alone = null;
        }
        if (lease.left(now) <= ahead / 2 && !last.isEmpty(now)) {
            var ignored = ask(now);
        }
        return true;
    }

    private Decision takeWhenAnswered(long came) {
        waiting.incrementAndGet();
        try {
            for (var now = came; now - came < LONGEST_WAIT.toNanos(); now = nanoTime.getAsLong()) {
                ask(now).get(LONGEST_WAIT.toNanos() - (now - came), TimeUnit.NANOSECONDS);
                if (takeLeased(nanoTime.getAsLong())) {
                    return Decision.ADMITTED;
                }
                if (last.isShort() && last.at() - came >= 0) {
                    return Decision.REFUSED;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Whoever shares is told of a failure; this call is not kept waiting any longer.
        } finally {
            waiting.decrementAndGet();
        }
        return takeUnanswered(nanoTime.getAsLong());
    }

    /** The shared bucket is slow, not gone: it is told later of what is let through meanwhile. */
    private Decision takeUnanswered(long now) {
        var decision = takeAlone(now);
        if (decision.isAdmitted() && sharing.isPossible()) {
            lease.granted(-1, now);
        }
        return decision;
    }

    private Decision takeAlone(long now) {
        return share().tryTake(now) ? Decision.ADMITTED_ALONE : Decision.REFUSED_ALONE;
    }

    private TokenBucket share() {
        var sharers = sharing.sharers();
        var known = alone;
        if (known != null && known.sharers() == sharers) {
            return known.bucket();
        }
        synchronized (lease) {
            var again = alone;
            if (again != null && again.sharers() == sharers) {
                return again.bucket();
            }
            // Who shares with more or fewer begins anew with nothing.
            var since = again == null ? lastShared - rate.intervalNanos() * last.left() : nanoTime.getAsLong();
            var bucket = TokenBucket.emptyAt(rate.share(sharers), since);
            alone = new Alone(sharers, bucket);
            return bucket;
        }
    }

    /** Completed, one way or the other, when the shared bucket has answered; one question is under way at a time. */
    private CompletableFuture<Void> ask(long now) {
        var asked = underWay.get();
        if (asked != null) {
            return asked;
        }
        var answered = new CompletableFuture<Void>();
        if (!underWay.compareAndSet(null, answered)) {
            return Objects.requireNonNullElse(underWay.get(), CompletableFuture.completedFuture(null));
        }
        var most = wanted(now);
        if (most <= 0) {
            underWay.set(null);
            answered.complete(null);
            return answered;
        }
        try {
            shared.take(most).whenComplete((grant, failure) -> answered(answered, most, grant, failure));
        } catch (RuntimeException e) {
            answered(answered, most, null, e);
        }
        return answered;
    }

    private long wanted(long now) {
        var most = Math.min(rate.within(AHEAD), (double) rate.burst());
        ahead = (int) Math.round(Math.min(demand.withinWindow(now), most));
        return (long) ahead + waiting.get() - lease.left(now);
    }

    private void answered(
            CompletableFuture<Void> answered,
            long asked,
            SharedBucket.@Nullable Grant grant,
            @Nullable Throwable failure) {
        if (grant == null) {
            var cause = Objects.requireNonNullElseGet(failure, () -> new IllegalStateException("no answer"));
            sharing.failed(cause);
            underWay.set(null);
            answered.completeExceptionally(cause);
            return;
        }
        var now = nanoTime.getAsLong();
        lease.granted((int) grant.tokens(), now);
        last = Answer.of(grant, asked, rate, now);
        underWay.set(null);
        answered.complete(null);
    }

    @Override
    public void giveBack() {
        var known = alone;
        if (known == null) {
            lease.giveBack(nanoTime.getAsLong());
        } else {
            known.bucket().giveBack();
        }
    }

    @Override
    public boolean isExhausted() {
        var now = nanoTime.getAsLong();
        return sharing.isPossible() ? last.isEmpty(now) && lease.left(now) <= 0 : share().available(now) == 0;
    }

    @Override
    public long left() {
        var now = nanoTime.getAsLong();
        return sharing.isPossible() ? Math.max(0, lease.left(now) + last.left()) : share().available(now);
    }

    @Override
    public Duration comeBackIn() {
        var interval = Duration.ofNanos(rate.intervalNanos());
        return sharing.isPossible() ? interval : interval.multipliedBy(sharing.sharers());
    }
}
