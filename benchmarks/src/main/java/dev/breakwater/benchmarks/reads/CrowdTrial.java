package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.Finding;
import dev.breakwater.benchmarks.Trial;
import dev.breakwater.platform.caching.Cached;
import dev.breakwater.platform.caching.CachingParts;
import dev.breakwater.platform.caching.RedisCaches;
import dev.breakwater.platform.caching.TwoLevelCache;
import dev.breakwater.platform.testing.Servers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A key expires at both levels while everybody wants it. */
public final class CrowdTrial implements Trial {

    private static final int CLIENTS = 1_000;
    /** Longer than a crowd takes to be answered: who came after that would rightly load anew. */
    private static final Duration LIFE = Duration.ofSeconds(2);

    private static final Duration UNTIL_EXPIRED = LIFE.plusMillis(200);
    private static final Duration LOAD = Duration.ofMillis(20);

    private final int crowds;

    public CrowdTrial(int crowds) {
        this.crowds = crowds;
    }

    @Override
    public String name() {
        return "crowd";
    }

    @Override
    public String question() {
        return "%,d clients at once on one expired key, a load takes %d ms, %d times"
                .formatted(CLIENTS, LOAD.toMillis(), crowds);
    }

    @Override
    public List<Finding> run(Consumer<String> progress) throws InterruptedException, ExecutionException {
        var loads = new AtomicInteger();
        var properties = CachingParts.properties(LIFE, LIFE, LIFE);
        try (var caches = new RedisCaches(properties, Servers.redis().port(), new SimpleMeterRegistry())) {
            var cache = caches.of("crowd", key -> {
                pause(LOAD);
                return new Cached(loads.incrementAndGet(), new byte[] {'1'});
            });
            cache.get("all");
            var most = 0;
            for (var crowd = 0; crowd < crowds; crowd++) {
                // Both levels have forgotten it by then.
                pause(UNTIL_EXPIRED);
                var before = loads.get();
                rush(cache);
                most = Math.max(most, loads.get() - before);
            }
            return List.of(new Finding("most loads of a crowd", Integer.toString(most), "1", most == 1));
        }
    }

    private static void pause(Duration length) {
        var end = System.nanoTime() + length.toNanos();
        for (var left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void rush(TwoLevelCache cache) throws InterruptedException, ExecutionException {
        var gate = new CountDownLatch(1);
        var waiting = new CountDownLatch(CLIENTS);
        var answers = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var client = 0; client < CLIENTS; client++) {
                answers.add(threads.submit(() -> {
                    waiting.countDown();
                    gate.await();
                    return cache.get("all");
                }));
            }
            waiting.await();
            gate.countDown();
        }
        for (var answer : answers) {
            answer.get();
        }
    }
}
