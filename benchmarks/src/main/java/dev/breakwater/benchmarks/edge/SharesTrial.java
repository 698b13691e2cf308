package dev.breakwater.benchmarks.edge;

import dev.breakwater.benchmarks.Finding;
import dev.breakwater.benchmarks.Trial;
import dev.breakwater.benchmarks.edge.SimulatedService.Times;
import dev.breakwater.platform.loadbalancing.strategies.ConsistentHash;
import dev.breakwater.platform.loadbalancing.strategies.LeastLoaded;
import dev.breakwater.platform.loadbalancing.strategies.Ring;
import dev.breakwater.platform.loadbalancing.strategies.RoundRobin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Who gets how much of a million calls, which keys move, and what a slow node costs; all of it in simulated time. */
public final class SharesTrial implements Trial {

    private static final int NODES = 5;
    private static final int PICKS = 1_000_000;
    private static final int PER_SECOND = 2_000;
    private static final double MILLIS = 5;
    private static final double MOST_OFF = 0.015;
    private static final double MOVED = 0.2;
    private static final double MOVED_OFF = 0.01;
    private static final double SLOWER = 10;
    private static final int SLOW_PER_SECOND = 500;
    private static final double MOST_OF_P99 = 0.3;
    private static final long SEED = 1;

    @Override
    public String name() {
        return "shares";
    }

    @Override
    public String question() {
        return "%d nodes, %,d picks, in simulated time".formatted(NODES, PICKS);
    }

    @Override
    public List<Finding> run(Consumer<String> progress) {
        progress.accept("shares");
        var findings = new ArrayList<>(List.of(
                even("round robin", off(turns(Times.EVEN, even()), PER_SECOND)),
                even("power of two choices", off(load(Times.EVEN, even()), PER_SECOND)),
                Finding.told(
                        "power of two choices, exponential times: share furthest from a fifth",
                        percent(off(load(Times.EXPONENTIAL, even()), PER_SECOND))),
                bounded("consistent hash, all keys different", 0),
                bounded("consistent hash, half of all calls for one key", 0.5)));
        progress.accept("leavings");
        findings.addAll(leavings());
        progress.accept("a slow node");
        findings.addAll(slowNode());
        return findings;
    }

    private static SimulatedService turns(Times times, double[] millis) {
        return new SimulatedService(SEED, (fleet, random) -> new RoundRobin(fleet.nodes(), random), times, millis);
    }

    private static SimulatedService load(Times times, double[] millis) {
        return new SimulatedService(SEED, (fleet, random) -> new LeastLoaded(fleet.nodes(), random), times, millis);
    }

    private static double off(SimulatedService service, int perSecond) {
        return IntStream.of(service.run(PICKS, perSecond).shares())
                .mapToDouble(share -> Math.abs((double) share * NODES / PICKS - 1))
                .max()
                .orElseThrow();
    }

    private static Finding even(String strategy, double off) {
        return new Finding(
                strategy + ": share furthest from a fifth", percent(off), "≤ " + percent(MOST_OFF), off <= MOST_OFF);
    }

    /** No call ends, so that the bound is over all of them. */
    private static Finding bounded(String what, double oneKey) {
        var random = new Random(SEED);
        var fleet = Fleet.of(() -> 0, NODES);
        var picker = ConsistentHash.of(fleet.nodes(), null);
        var shares = new int[NODES];
        for (var i = 0; i < PICKS; i++) {
            var node = picker.pick(random.nextDouble() < oneKey ? SEED : random.nextLong(), 0, null);
            fleet.begin(node);
            shares[node]++;
        }
        var most = (double) IntStream.of(shares).max().orElseThrow() * NODES / PICKS;
        return new Finding(
                what + ": most against the mean",
                String.format(Locale.ROOT, "%.3f ×", most),
                "≤ %s ×".formatted(ConsistentHash.BOUND),
                most <= ConsistentHash.BOUND);
    }

    private static List<Finding> leavings() {
        var ids = IntStream.range(0, NODES).mapToObj(i -> "node-" + i).toList();
        var all = new Ring(ids, ConsistentHash.VIRTUAL_NODES);
        var moved = 0;
        var between = 0;
        for (var gone : ids) {
            var others = ids.stream().filter(id -> !id.equals(gone)).toList();
            var left = new Ring(others, ConsistentHash.VIRTUAL_NODES);
            var random = new Random(SEED);
            for (var i = 0; i < PICKS; i++) {
                var key = random.nextLong();
                var before = ids.get(all.node(all.find(key)));
                var after = others.get(left.node(left.find(key)));
                moved += before.equals(gone) ? 1 : 0;
                between += !before.equals(gone) && !before.equals(after) ? 1 : 0;
            }
        }
        var share = (double) moved / PICKS / NODES;
        return List.of(
                new Finding("keys that move between survivors", String.valueOf(between), "0", between == 0),
                new Finding(
                        "keys that move, mean of the five leavings",
                        percent(share),
                        "%s ± %s".formatted(percent(MOVED), percent(MOVED_OFF)),
                        Math.abs(share - MOVED) <= MOVED_OFF));
    }

    private static List<Finding> slowNode() {
        var millis = even();
        millis[NODES - 1] *= SLOWER;
        var turns = turns(Times.EXPONENTIAL, millis).run(PICKS, SLOW_PER_SECOND);
        var load = load(Times.EXPONENTIAL, millis).run(PICKS, SLOW_PER_SECOND);
        var ratio = (double) load.percentile(99) / turns.percentile(99);
        return List.of(
                Finding.told("one node 10 × slower, round robin: p50, p99", percentiles(turns)),
                Finding.told("one node 10 × slower, power of two choices: p50, p99", percentiles(load)),
                Finding.told(
                        "one node 10 × slower, power of two choices: its share",
                        percent((double) load.shares()[NODES - 1] / PICKS)),
                new Finding(
                        "one node 10 × slower: p99 against round robin",
                        String.format(Locale.ROOT, "%.2f ×", ratio),
                        "≤ %s ×".formatted(MOST_OF_P99),
                        ratio <= MOST_OF_P99));
    }

    private static double[] even() {
        return IntStream.range(0, NODES).mapToDouble(i -> MILLIS).toArray();
    }

    private static String percentiles(SimulatedService.Outcome outcome) {
        return String.format(
                Locale.ROOT, "%.1f ms, %.1f ms", outcome.percentile(50) / 1e6, outcome.percentile(99) / 1e6);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
