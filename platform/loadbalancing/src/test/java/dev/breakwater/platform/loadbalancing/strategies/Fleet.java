package dev.breakwater.platform.loadbalancing.strategies;

import dev.breakwater.platform.loadbalancing.nodes.Call;
import dev.breakwater.platform.loadbalancing.nodes.EjectionSettings;
import dev.breakwater.platform.loadbalancing.nodes.Ejections;
import dev.breakwater.platform.loadbalancing.nodes.Node;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * Nodes in simulated time. Each works at some calls at a time and lets the others queue, first come, first served;
 * calls come at random moments (Poisson).
 */
final class Fleet {

    static final Duration TAU = Duration.ofSeconds(10);
    static final Duration SLOW_START = Duration.ofSeconds(10);
    /** All may rest. */
    static final EjectionSettings EJECTION =
            new EjectionSettings(5, 0.5, 20, TAU, Duration.ofSeconds(5), Duration.ofMinutes(5), 1);

    private static final int AT_A_TIME = 8;
    private static final double MILLI = 1e6;

    final List<Node> nodes;
    final Random random;
    final Ejections ejections = new Ejections("fleet", () -> EJECTION);
    long now;
    /** This one refuses all its calls, each as soon as it comes; none if negative. */
    int shedding = -1;

    private Fleet(List<Node> nodes, long seed) {
        this.nodes = nodes;
        random = new Random(seed);
        ejections.among(nodes);
    }

    private record End(long at, int node, Call call) {}

    static Fleet of(int nodes, long seed) {
        return weighing(seed, IntStream.generate(() -> 1).limit(nodes).toArray());
    }

    static Fleet weighing(long seed, int... weights) {
        return new Fleet(
                IntStream.range(0, weights.length)
                        .mapToObj(i -> Node.warm("node-" + i, weights[i], 0, SLOW_START, TAU))
                        .toList(),
                seed);
    }

    /** Picks alone; the clock stands. */
    int[] pick(Picker picker, int picks) {
        var shares = new int[nodes.size()];
        for (var i = 0; i < picks; i++) {
            shares[picker.pick(random.nextLong(), now, null)]++;
        }
        return shares;
    }

    Call begin(int node) {
        return Call.begin(nodes.get(node), ejections, () -> now);
    }

    void eject(int node) {
        IntStream.range(0, EJECTION.consecutiveFailures())
                .forEach(i -> begin(node).failed());
    }

    /** How often each was picked, and what each call took from pick to end, in ns. */
    record Outcome(int[] shares, long[] tookSorted) {

        long percentile(double percent) {
            return tookSorted[(int) Math.ceil(percent / 100 * tookSorted.length) - 1];
        }
    }

    /** @param serviceMillis of each node, asked for each call */
    Outcome run(Picker picker, int calls, double perSecond, DoubleSupplier... serviceMillis) {
        var shares = new int[nodes.size()];
        var took = new long[calls];
        var ends = new PriorityQueue<End>((a, b) -> Long.compare(a.at, b.at));
        var freeAt = new long[nodes.size()][AT_A_TIME];
        var comes = (double) now;
        for (var i = 0; i < calls; i++) {
            comes += exponential(1e9 / perSecond);
            var at = (long) comes;
            endUntil(at, ends);
            now = at;
            var node = picker.pick(random.nextLong(), now, null);
            shares[node]++;
            var call = begin(node);
            Arrays.sort(freeAt[node]);
            var ended = Math.max(now, freeAt[node][0]) + (long) (serviceMillis[node].getAsDouble() * MILLI);
            freeAt[node][0] = ended;
            took[i] = ended - now;
            ends.add(new End(ended, node, call));
        }
        endUntil(Long.MAX_VALUE, ends);
        Arrays.sort(took);
        return new Outcome(shares, took);
    }

    double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    private void endUntil(long at, PriorityQueue<End> ends) {
        for (var end = ends.peek(); end != null && end.at <= at; end = ends.peek()) {
            ends.remove();
            now = end.at;
            if (end.node == shedding) {
                end.call.close();
            } else {
                end.call.succeeded();
            }
        }
    }
}
