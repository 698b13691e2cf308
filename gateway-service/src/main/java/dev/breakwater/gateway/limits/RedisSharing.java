package dev.breakwater.gateway.limits;

import dev.breakwater.platform.overload.rate.Rate;
import dev.breakwater.platform.overload.rate.SharedBucket;
import dev.breakwater.platform.overload.rate.Sharing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Whether Redis decides: not from the first question on that it did not answer, and again when it has answered twice.
 * It is asked four times a second, so that its loss is known before a call notices it, and its return without one.
 */
final class RedisSharing implements Sharing, SmartLifecycle, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisSharing.class);

    private static final long PROBE_MILLIS = 250;
    private static final int GOOD_ANSWERS = 2;
    private static final Rate ANY = new Rate(1_000, Duration.ofSeconds(1), 1_000);

    private final RedisBuckets buckets;
    private final SharedBucket probe;
    private final IntSupplier gateways;
    private final Timer leases;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("limits").daemon().factory());

    private @Nullable Future<?> probing;
    private volatile boolean running;
    private volatile boolean possible;
    private volatile int sharers = 1;
    private final AtomicInteger goodAnswers = new AtomicInteger();

    /** @param gateways how many there are; asked in the background, once at each probe */
    RedisSharing(RedisBuckets buckets, IntSupplier gateways, MeterRegistry meters) {
        this.buckets = buckets;
        this.probe = buckets.bucket("probe", ANY);
        this.gateways = gateways;
        leases = Timer.builder("limiter.leases")
                .description("Round trips to Redis for tokens of a limit.")
                .register(meters);
        Gauge.builder("limiter.shared", this, sharing -> sharing.possible ? 1 : 0)
                .description("1 while Redis decides on limits, 0 while each gateway lets its share through.")
                .register(meters);
    }

    /** Not before all beans are there: to count gateways makes the registry's client, which another thread must not. */
    @Override
    public void start() {
        running = true;
        if (probing != null) {
            // Started once more, as everything else is, the client of Redis included.
            buckets.disconnect();
            return;
        }
        probing = thread.scheduleWithFixedDelay(this::probe, 0, PROBE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        // Calls under way are limited until the end.
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server, and so before the first call. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** A bucket that is shared, whose questions are measured. */
    SharedBucket bucket(String key, Rate rate) {
        var bucket = buckets.bucket(key, rate);
        return most -> {
            var asked = System.nanoTime();
            return bucket.take(most)
                    .whenComplete((_, _) -> leases.record(System.nanoTime() - asked, TimeUnit.NANOSECONDS));
        };
    }

    @Override
    public boolean isPossible() {
        return possible;
    }

    @Override
    public int sharers() {
        return sharers;
    }

    @Override
    public void failed(Throwable cause) {
        goodAnswers.set(0);
        if (possible) {
            possible = false;
            log.warn("limits by=local gateways={} cause={}", sharers, cause.toString());
        }
    }

    /** For a change of how many share. */
    void count() {
        if (!running) {
            return;
        }
        try {
            sharers = Math.max(1, gateways.getAsInt());
        } catch (RuntimeException e) {
            log.debug("gateways not counted cause={}", e.toString());
        }
    }

    private void probe() {
        count();
        try {
            buckets.connect();
            probe.take(1).toCompletableFuture().get(1, TimeUnit.SECONDS);
            if (goodAnswers.incrementAndGet() >= GOOD_ANSWERS && !possible) {
                possible = true;
                log.info("limits by=redis");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            failed(e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        buckets.close();
    }
}
