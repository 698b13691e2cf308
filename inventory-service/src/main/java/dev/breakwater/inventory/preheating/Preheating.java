package dev.breakwater.inventory.preheating;

import dev.breakwater.inventory.products.ProductCache;
import dev.breakwater.inventory.reservations.BestSellers;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.platform.caching.ChangeFeed;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** As a runner it is done, or out of time, before readiness turns on. */
@Component
@EnableConfigurationProperties(PreheatProperties.class)
class Preheating implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(Preheating.class);
    private static final int SAY_EVERY = 250;

    private final BestSellers sellers;
    private final ProductCache cache;
    private final ChangeFeed changes;
    private final PreheatProperties properties;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final AtomicInteger wanted = new AtomicInteger();
    private final AtomicInteger loaded = new AtomicInteger();

    Preheating(
            BestSellers sellers,
            ProductCache cache,
            ChangeFeed productChanges,
            PreheatProperties properties,
            MeterRegistry meters) {
        this.changes = productChanges;
        this.sellers = sellers;
        this.cache = cache;
        this.properties = properties;
        Gauge.builder("preheat.wanted", wanted, AtomicInteger::get)
                .description("Products that the last preheating was to load.")
                .register(meters);
        Gauge.builder("preheat.loaded", loaded, AtomicInteger::get)
                .description("Products that the last preheating has loaded so far.")
                .register(meters);
    }

    /**
     * What a preheating did.
     *
     * @param wanted how many products it was to load
     * @param loaded how many are in memory now
     */
    record Preheated(int wanted, int loaded) {}

    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException {
        // What Redis has may be older than a change that this instance has yet to hear of.
        if (!changes.awaitCurrent(properties.timeLimit())) {
            log.warn("not preheated, since changes are not heard");
            return;
        }
        try {
            preheat();
        } catch (DataAccessException e) {
            // An instance without warm caches is slow, one that does not start is worse.
            log.warn("not preheated cause={}", e.toString());
        }
    }

    /**
     * Loads the named products and the best sellers.
     *
     * @throws DataAccessException when it cannot be found out what sells best
     */
    Preheated preheat() {
        oneAtATime.lock();
        try {
            var began = System.nanoTime();
            var skus = Stream.concat(
                            properties.skus().stream().map(Sku::new),
                            sellers.ofLate(properties.bestSellers(), properties.countedLines()).stream())
                    .distinct()
                    .toList();
            wanted.set(skus.size());
            loaded.set(0);
            load(skus);
            log.info(
                    "preheated products={} of={} millis={}",
                    loaded.get(),
                    skus.size(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            return new Preheated(skus.size(), loaded.get());
        } finally {
            oneAtATime.unlock();
        }
    }

    private void load(List<Sku> skus) {
        var threads = Executors.newFixedThreadPool(
                properties.atATime(), Thread.ofVirtual().name("preheat-", 0).factory());
        try {
            threads
                    .invokeAll(
                            skus.stream()
                                    .<Callable<Boolean>>map(sku -> () -> load(sku))
                                    .toList(),
                            properties.timeLimit().toMillis(),
                            TimeUnit.MILLISECONDS)
                    .stream()
                    .filter(each -> each.state() == Future.State.FAILED)
                    .findFirst()
                    .ifPresent(failed -> log.warn(
                            "not all preheated cause={}", failed.exceptionNow().toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean load(Sku sku) {
        cache.find(sku);
        var done = loaded.incrementAndGet();
        if (done % SAY_EVERY == 0) {
            log.info("preheating products={} of={}", done, wanted.get());
        }
        return true;
    }
}
