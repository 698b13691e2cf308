package dev.breakwater.platform.loadbalancing.nodes;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is known of one instance. Any number of threads tell it of calls and look at it, and none waits for another.
 *
 * <p>Slow start: a node that is new, or back from a rest, gets of each of its turns only a share that grows from a
 * tenth to the whole over the time given, as in Envoy's slow start with aggression 1: a cold JVM is not met by what its
 * warm neighbours can take.
 */
public final class Node {

    private static final double LEAST_SHARE = 0.1;
    /** A failure is no quick answer: it counts as at least this many times what calls took so far, up to a bound. */
    private static final double FAILED_AS = 2;

    private static final long FAILED_AS_MOST = Duration.ofSeconds(10).toNanos();

    private final String id;
    private final long slowStart;
    private final PeakEwma latency;
    private final Failures failures = new Failures();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong picks = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private volatile int weight;
    private volatile long lastSeen;
    /** No call before this. */
    private volatile long restsUntil;
    /** Less than its share before this. */
    private volatile long warmAt;
    /** How often it was ejected, less what it was good for since; written under the lock of {@link Ejections}. */
    private volatile int rests;

    private Node(String id, int weight, long now, long warmAt, Duration slowStart, Duration tau) {
        this.id = id;
        this.weight = weight;
        this.slowStart = slowStart.toNanos();
        this.warmAt = warmAt;
        latency = new PeakEwma(tau);
        lastSeen = now;
        restsUntil = now;
    }

    /** One that starts slowly. */
    public static Node cold(String id, int weight, long now, Duration slowStart, Duration tau) {
        return new Node(id, weight, now, now + slowStart.toNanos(), slowStart, tau);
    }

    /** One that was there before anybody looked. */
    public static Node warm(String id, int weight, long now, Duration slowStart, Duration tau) {
        return new Node(id, weight, now, now, slowStart, tau);
    }

    /** How much of its share of calls it gets now: 0 when it rests, 1 when it is warm. */
    public double share(long now) {
        if (isEjected(now)) {
            return 0;
        }
        var cold = warmAt - now;
        return cold <= 0 ? 1 : Math.max(LEAST_SHARE, 1 - (double) cold / slowStart);
    }

    public Health health(long now) {
        if (isEjected(now)) {
            return Health.EJECTED;
        }
        return now - warmAt < 0 ? Health.WARMING : Health.UP;
    }

    boolean isEjected(long now) {
        return restsFor(now) > 0;
    }

    /** In ns; not above 0 if it does not rest. */
    long restsFor(long now) {
        return restsUntil - now;
    }

    public void picked() {
        picks.incrementAndGet();
    }

    void began() {
        inFlight.incrementAndGet();
    }

    /** Nobody will hear how it went. */
    void forgotten() {
        inFlight.decrementAndGet();
    }

    /**
     * Neither good nor bad: refused for want of room, or given up by its own caller. It would have taken at least that
     * long and, where a refusal came quickly, no less than others; or who refuses everything looked fast, and got it.
     */
    void closed(long rtt, long now) {
        inFlight.decrementAndGet();
        var known = latency.at(now);
        if (known > 0) {
            latency.observe(Math.max(rtt, (long) known), now);
        }
    }

    /** @return whether it has too many failures now */
    boolean ended(boolean failed, long rtt, long now, EjectionSettings settings) {
        inFlight.decrementAndGet();
        requests.incrementAndGet();
        if (failed) {
            errors.incrementAndGet();
            latency.observe(Math.max(rtt, (long) Math.min(FAILED_AS_MOST, FAILED_AS * latency.at(now))), now);
        } else {
            lastSeen = now;
            latency.observe(rtt, now);
        }
        return failures.add(failed, now, settings);
    }

    /** Under the lock of {@link Ejections}. */
    void rest(long now, EjectionSettings settings) {
        var time = settings.time().toNanos();
        var goodFor = Math.max(0, now - restsUntil) / time;
        var longest = settings.longest().toNanos();
        // Rests that are no longer than the longest do not count, or it would take for ever to be good again.
        rests = (int) Math.min(Math.max(0, rests - goodFor) + 1, Math.ceilDiv(longest, time));
        var until = now + Math.min(longest, rests * time);
        failures.putOnProbation(settings);
        warmAt = until + slowStart;
        restsUntil = until;
    }

    public void weigh(int weight) {
        this.weight = weight;
    }

    public String id() {
        return id;
    }

    public int weight() {
        return weight;
    }

    public int inFlight() {
        return inFlight.get();
    }

    /** What a call takes, in ns; 0 if there never was one. */
    public double latency(long now) {
        return latency.at(now);
    }

    /** When it last answered, or else first was heard of, in ns of the clock it is told. */
    public long lastSeen() {
        return lastSeen;
    }

    /** How often it was chosen. */
    public long picks() {
        return picks.get();
    }

    /** Calls that ended, the failed ones too. */
    public long requests() {
        return requests.get();
    }

    public long errors() {
        return errors.get();
    }
}
