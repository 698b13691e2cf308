package dev.breakwater.benchmarks.edge;

import dev.breakwater.platform.loadbalancing.nodes.Call;
import dev.breakwater.platform.loadbalancing.strategies.Picker;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * A service in simulated time, so that what is seen is the strategy and not this machine. Each node works at eight
 * calls at a time and lets the others queue, first come, first served; calls come at random moments (Poisson) and take
 * random times (exponential).
 */
final class SimulatedService {

    private static final int AT_A_TIME = 8;
    private static final double SECOND = 1e9;
    private static final double MILLI = 1e6;

    private final double[] millis;
    private final Times times;
    private final Random random;
    private final Fleet fleet;
    private final Picker picker;
    private final PriorityQueue<End> ends = new PriorityQueue<>(Comparator.comparingLong(End::at));
    private long now;

    private record End(long at, Call call) {}

    /**
     * @param shares how often each node was picked
     * @param tookSorted ns from pick to end, of each call
     */
    record Outcome(int[] shares, long[] tookSorted) {

        long percentile(double percent) {
            return tookSorted[(int) Math.ceil(percent / 100 * tookSorted.length) - 1];
        }
    }

    /** How the times that calls take lie around their mean. */
    enum Times {
        /** Within a fifth of it. */
        EVEN,
        /** One in a hundred takes 4.6 times as long. */
        EXPONENTIAL
    }

    /** @param millis that a call takes on average, for each node */
    SimulatedService(long seed, BiFunction<Fleet, LongSupplier, Picker> strategy, Times times, double... millis) {
        this.millis = millis;
        this.times = times;
        random = new Random(seed);
        fleet = Fleet.of(() -> now, millis.length);
        picker = strategy.apply(fleet, random::nextLong);
    }

    Outcome run(int calls, double perSecond) {
        var shares = new int[millis.length];
        var took = new long[calls];
        var freeAt = new long[millis.length][AT_A_TIME];
        var comes = 0.0;
        for (var i = 0; i < calls; i++) {
            comes += exponential(SECOND / perSecond);
            endUntil((long) comes);
            now = (long) comes;
            var node = picker.pick(random.nextLong(), now, null);
            shares[node]++;
            var call = fleet.begin(node);
            Arrays.sort(freeAt[node]);
            freeAt[node][0] = Math.max(now, freeAt[node][0]) + (long) time(millis[node] * MILLI);
            took[i] = freeAt[node][0] - now;
            ends.add(new End(freeAt[node][0], call));
        }
        endUntil(Long.MAX_VALUE);
        Arrays.sort(took);
        return new Outcome(shares, took);
    }

    private double time(double mean) {
        return switch (times) {
            case EVEN -> mean * random.nextDouble(0.8, 1.2);
            case EXPONENTIAL -> exponential(mean);
        };
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    private void endUntil(long at) {
        for (var end = ends.peek(); end != null && end.at <= at; end = ends.peek()) {
            ends.remove();
            now = end.at;
            end.call.succeeded();
        }
    }
}
