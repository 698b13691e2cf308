package dev.breakwater.order.watching;

import dev.breakwater.order.saga.Orders;
import dev.breakwater.platform.web.problem.ProblemException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The streams that this instance holds. When it stops they end first, or it would wait for them: their clients go on
 * elsewhere from the last step they saw.
 */
@Component
class Watchers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Watchers.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int PIECE = 500;

    private final Orders orders;
    private final WatchingProperties properties;
    private final Map<UUID, Set<Watcher>> byOrder = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean running;

    Watchers(Orders orders, WatchingProperties properties, MeterRegistry meters) {
        this.orders = orders;
        this.properties = properties;
        Gauge.builder("order.watchers", open, AtomicInteger::get)
                .description("Order status streams that are open")
                .register(meters);
    }

    /** @throws ProblemException 503 when there are as many as this instance holds */
    void add(Watcher watcher) {
        if (!running || open.incrementAndGet() > properties.atATime()) {
            open.decrementAndGet();
            throw ProblemException.unavailable(
                    "too_many_streams", "This instance holds as many streams as it can.", RETRY_AFTER);
        }
        byOrder.compute(watcher.orderId(), (orderId, watchers) -> {
            var more = watchers == null ? ConcurrentHashMap.<Watcher>newKeySet(1) : watchers;
            more.add(watcher);
            return more;
        });
    }

    void remove(Watcher watcher) {
        byOrder.computeIfPresent(watcher.orderId(), (orderId, watchers) -> {
            if (watchers.remove(watcher)) {
                open.decrementAndGet();
            }
            return watchers.isEmpty() ? null : watchers;
        });
    }

    /** Looks at those of these orders that anybody watches here. */
    void look(Collection<UUID> orderIds) {
        var watched = orderIds.stream().filter(byOrder::containsKey).distinct().toList();
        for (var from = 0; from < watched.size(); from += PIECE) {
            orders.histories(watched.subList(from, Math.min(watched.size(), from + PIECE)))
                    .forEach((orderId, history) ->
                            byOrder.getOrDefault(orderId, Set.of()).forEach(watcher -> watcher.offer(history)));
        }
    }

    /** News may have been lost. */
    @Scheduled(fixedDelay = 1_000)
    void lookAgain() {
        try {
            look(since(Watcher::lookedAt, properties.lookAgain()).stream()
                    .map(Watcher::orderId)
                    .toList());
        } catch (DataAccessException | TransactionException e) {
            log.debug("watched orders not looked at cause={}", e.toString());
        }
    }

    @Scheduled(fixedDelay = 1_000)
    void beat() {
        since(Watcher::wroteAt, properties.heartbeat()).forEach(Watcher::beat);
    }

    @FunctionalInterface
    private interface Moment {
        long of(Watcher watcher);
    }

    private List<Watcher> since(Moment moment, Duration age) {
        var now = System.nanoTime();
        var since = new ArrayList<Watcher>();
        byOrder.values()
                .forEach(watchers -> watchers.forEach(watcher -> {
                    if (now - moment.of(watcher) >= age.toNanos()) {
                        since.add(watcher);
                    }
                }));
        return since;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        byOrder.values().forEach(watchers -> watchers.forEach(Watcher::end));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to start and the first to stop, before the web server waits for the calls under way. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
