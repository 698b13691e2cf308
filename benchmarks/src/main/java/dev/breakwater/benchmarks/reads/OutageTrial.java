package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.Finding;
import dev.breakwater.benchmarks.Trial;
import dev.breakwater.platform.servers.Server;
import dev.breakwater.platform.testing.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What readers notice when Redis is gone for a while. */
public final class OutageTrial implements Trial {

    private static final int PRODUCTS = 400;
    private static final int IN_MEMORY = 100;
    /** Few enough that three services, their servers and this do not take all of two cores. */
    private static final int READS_PER_SECOND = 250;

    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration AROUND = Duration.ofSeconds(10);
    private static final Duration AWAY = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "outage";
    }

    @Override
    public String question() {
        return "Redis killed for %d s, %,d reads/s of %,d products at the gateway and two instances, %,d of them in the memory of each"
                .formatted(AWAY.toSeconds(), READS_PER_SECOND, PRODUCTS, IN_MEMORY);
    }

    @Override
    public List<Finding> run(Consumer<String> progress) throws Exception {
        progress.accept("starting three services");
        var little = Map.of("breakwater.caching.local-entries", Integer.toString(IN_MEMORY));
        try (var shop = ReplicatedShop.start("OUTAGE", PRODUCTS, little);
                var load = new ReadLoad(shop.places(), shop.skus(), READS_PER_SECOND)) {
            progress.accept("warming up for %d s".formatted(WARM_UP.toSeconds()));
            Thread.sleep(WARM_UP);
            var answered = shop.answeredByRedis();
            Thread.sleep(AROUND);
            var perSecond = (shop.answeredByRedis() - answered) / AROUND.toSeconds();
            var findings = new ArrayList<>(measure(Servers.redis(), load, AROUND, AWAY, progress));
            findings.add(Finding.told("answered by Redis before, a second", "%.0f".formatted(perSecond)));
            return findings;
        }
    }

    static List<Finding> measure(Server redis, ReadLoad load, Duration around, Duration away, Consumer<String> progress)
            throws InterruptedException {
        load.next();
        Thread.sleep(around);
        var before = load.next();
        progress.accept("killing Redis");
        redis.kill();
        try {
            Thread.sleep(away);
        } finally {
            Servers.bringBack(redis);
        }
        var during = load.next();
        progress.accept("Redis is back");
        Thread.sleep(around);
        var after = load.next();
        Stream.of(before, during, after)
                .map(ReadLoad.Phase::failures)
                .filter(failures -> !failures.isEmpty())
                .forEach(progress);
        var failed = before.failed() + during.failed() + after.failed();
        return List.of(
                Finding.told("reads", "%,d".formatted(before.done() + during.done() + after.done())),
                new Finding("failed reads", Long.toString(failed), "0", failed == 0),
                Finding.told("a read before: p50, p99", FreshTrial.p50p99(before.micros())),
                Finding.told("a read while Redis is away: p50, p99", FreshTrial.p50p99(during.micros())),
                Finding.told("a read after: p50, p99", FreshTrial.p50p99(after.micros())));
    }
}
