package dev.breakwater.benchmarks.edge;

import dev.breakwater.benchmarks.Finding;
import dev.breakwater.benchmarks.Trial;
import dev.breakwater.benchmarks.http.ServiceProcess;
import dev.breakwater.platform.servers.Server;
import dev.breakwater.platform.testing.Servers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Two gateways, one rule: what they let through together, with Redis and without. */
public final class LimitTrial implements Trial {

    private static final int RATE = 1_000;
    private static final int OFFERED_PER_MILLI = 3;
    private static final double ERROR = 0.05;
    private static final double AT_LEAST_ALONE = 0.5;

    private static final Duration WARM_UP = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "limit";
    }

    @Override
    public String question() {
        return "One rule of %,d/s at two gateways that are offered %,d/s, Redis killed in mid-run"
                .formatted(RATE, OFFERED_PER_MILLI * 1_000);
    }

    @Override
    public List<Finding> run(Consumer<String> progress) throws Exception {
        progress.accept("starting two gateways");
        try (var upstream = new Upstream();
                var one = gateway(upstream);
                var other = gateway(upstream)) {
            var ports = List.of(one.port(), other.port());
            progress.accept("warming up for twice %d s".formatted(WARM_UP.toSeconds()));
            warmUp(ports, 1);
            return flooded(ports, progress);
        }
    }

    /** A cold gateway under a flood compiles for minutes what it would else in seconds. */
    private static void warmUp(List<Integer> ports, int perMilli) throws IOException, InterruptedException {
        try (var callers = new Arrivals(ports, perMilli)) {
            Thread.sleep(WARM_UP);
            callers.next();
        }
    }

    private static List<Finding> flooded(List<Integer> ports, Consumer<String> progress) throws Exception {
        try (var flood = new Arrivals(ports, OFFERED_PER_MILLI)) {
            Thread.sleep(WARM_UP);
            return measure(
                    Servers.redis(), flood, new Times(6, Duration.ofSeconds(5), Duration.ofSeconds(2)), progress);
        }
    }

    private static ServiceProcess gateway(Upstream upstream) throws IOException, InterruptedException {
        var rules = "breakwater.gateway.limits.rules.";
        return new ServiceProcess(
                "gateway-service",
                Map.ofEntries(
                        Map.entry(
                                "spring.cloud.discovery.client.simple.instances.inventory-service[0].uri",
                                upstream.url()),
                        Map.entry("KAFKA_ADDRESSES", Servers.kafka().address()),
                        Map.entry("REDIS_ADDRESS", Servers.redis().address()),
                        // There is no registry that would tell.
                        Map.entry("breakwater.gateway.limits.gateways", "2"),
                        Map.entry(rules + "system.enabled", "false"),
                        Map.entry(rules + "anonymous.enabled", "false"),
                        Map.entry(rules + "trial.route", "products"),
                        Map.entry(rules + "trial.rate", Integer.toString(RATE)),
                        // Small, so that a window shows the rate and not what was saved up before it.
                        Map.entry(rules + "trial.burst", Integer.toString(RATE / 20))));
    }

    /**
     * @param windows how many are counted with Redis, and as many without
     * @param window how long one is
     * @param switching from the kill on, what happens so long is not counted
     */
    record Times(int windows, Duration window, Duration switching) {}

    static List<Finding> measure(Server redis, Arrivals flood, Times times, Consumer<String> progress)
            throws InterruptedException {
        var with = windows(flood, times);
        progress.accept("killing Redis");
        redis.kill();
        List<Arrivals.Window> without;
        try {
            Thread.sleep(times.switching());
            without = windows(flood, times);
        } finally {
            Servers.bringBack(redis);
        }
        progress.accept("Redis is back");
        Thread.sleep(times.switching());
        var again = windows(flood, times);
        var failed = failed(with) + failed(without) + failed(again);
        var unsent = unsent(with) + unsent(without) + unsent(again);
        return List.of(
                Finding.told("answered", "%,.0f/s".formatted(answered(with))),
                Finding.told("not sent, since gateways were behind", "%,d".formatted(unsent)),
                judged("admitted, windows of %d s".formatted(times.window().toSeconds()), with, 1 - ERROR),
                judged(
                        "admitted, from %d s after Redis was killed on"
                                .formatted(times.switching().toSeconds()),
                        without,
                        AT_LEAST_ALONE),
                judged(
                        "admitted, from %d s after it came back on"
                                .formatted(times.switching().toSeconds()),
                        again,
                        1 - ERROR),
                new Finding("neither admitted nor refused", Long.toString(failed), "0", failed == 0));
    }

    private static List<Arrivals.Window> windows(Arrivals flood, Times times) throws InterruptedException {
        var counted = new ArrayList<Arrivals.Window>();
        flood.next();
        for (var n = 0; n < times.windows(); n++) {
            Thread.sleep(times.window());
            counted.add(flood.next());
        }
        return counted;
    }

    /** @param least of the rate */
    private static Finding judged(String what, List<Arrivals.Window> windows, double least) {
        var rates =
                windows.stream().mapToDouble(Arrivals.Window::admittedPerSecond).summaryStatistics();
        return new Finding(
                what,
                "%,.0f to %,.0f/s".formatted(rates.getMin(), rates.getMax()),
                "%,.0f to %,.0f/s".formatted(RATE * least, RATE * (1 + ERROR)),
                rates.getMin() >= RATE * least && rates.getMax() <= RATE * (1 + ERROR));
    }

    private static double answered(List<Arrivals.Window> windows) {
        return windows.stream()
                .mapToDouble(Arrivals.Window::answeredPerSecond)
                .average()
                .orElse(0);
    }

    private static long unsent(List<Arrivals.Window> windows) {
        return windows.stream().mapToLong(Arrivals.Window::unsent).sum();
    }

    private static long failed(List<Arrivals.Window> windows) {
        return windows.stream().mapToLong(Arrivals.Window::failed).sum();
    }
}
