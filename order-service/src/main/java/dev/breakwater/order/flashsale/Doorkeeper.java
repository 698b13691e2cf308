package dev.breakwater.order.flashsale;

import dev.breakwater.order.flashsale.RedisDoor.Epoch;
import dev.breakwater.order.intake.NotAskedException;
import dev.breakwater.order.intake.SalesUnderWay;
import dev.breakwater.platform.remote.CallDeadline;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Watches the sales that are not closed: knows their epochs, looks at each ten times a second, and has built what Redis
 * does not know, or knows of an earlier time.
 */
@Component
class Doorkeeper implements SalesUnderWay {

    private static final Logger log = LoggerFactory.getLogger(Doorkeeper.class);
    private static final Duration BUILT_WITHIN = Duration.ofSeconds(2);

    private final SaleRows rows;
    private final RedisDoor door;
    private final Building building;
    private final Map<UUID, SaleRows.Row> watched = new ConcurrentHashMap<>();
    private final Map<UUID, Glance> glances = new ConcurrentHashMap<>();
    private final Map<UUID, Seen> latest = new ConcurrentHashMap<>();
    private final Map<UUID, CompletableFuture<Void>> builds = new ConcurrentHashMap<>();

    /** Before the first list of sales nobody knows. */
    private volatile boolean listed;

    /** The latest version that was seen in an epoch. */
    private record Seen(long epoch, long version) {}

    Doorkeeper(SaleRows rows, RedisDoor door, Building building) {
        this.rows = rows;
        this.door = door;
        this.building = building;
    }

    @Override
    public boolean isAny() {
        return !listed || !watched.isEmpty();
    }

    /** A sale that somebody asked for. */
    void watch(SaleRows.Row row) {
        if (!row.closed()) {
            watched.merge(row.sale().id(), row, (a, b) -> a.epoch() > b.epoch() ? a : b);
        }
    }

    /** As it is known in this instance; empty for one that is not watched. */
    Optional<SaleRows.Row> known(UUID id) {
        return Optional.ofNullable(watched.get(id));
    }

    Optional<Glance> glance(UUID id) {
        return Optional.ofNullable(glances.get(id));
    }

    Collection<Epoch> epochs() {
        return watched.values().stream()
                .map(row -> new Epoch(row.sale(), row.epoch()))
                .toList();
    }

    @Scheduled(
            fixedDelayString = "${breakwater.order.flash-sales.refresh-every:250ms}",
            scheduler = FlashSaleConfiguration.TASKS)
    void refresh() {
        try {
            var open = rows.open();
            open.forEach(this::watch);
            listed = true;
            var ids = open.stream().map(row -> row.sale().id()).toList();
            // One that was found a moment ago may be younger than the list.
            List.copyOf(watched.keySet()).stream()
                    .filter(id -> !ids.contains(id))
                    .filter(id -> rows.find(id).map(SaleRows.Row::closed).orElse(true))
                    .forEach(watched::remove);
            glances.keySet().retainAll(watched.keySet());
            latest.keySet().retainAll(watched.keySet());
        } catch (DataAccessException | TransactionException e) {
            log.warn("flash sales not refreshed cause={}", e.toString());
        }
    }

    @Scheduled(
            fixedDelayString = "${breakwater.order.flash-sales.look-every:100ms}",
            scheduler = FlashSaleConfiguration.TASKS)
    void look() {
        for (var epoch : epochs()) {
            try {
                look(epoch);
            } catch (DataAccessException e) {
                glances.remove(epoch.sale().id());
                log.debug("flash sale not seen sale={} cause={}", epoch.sale().id(), e.toString());
            }
        }
    }

    private void look(Epoch epoch) {
        var id = epoch.sale().id();
        var began = System.nanoTime();
        var latest = latest(epoch);
        var standing = door.look(epoch);
        if (standing.known() && standing.version() < latest) {
            log.warn("redis has gone back in time, the flash sale is shut until it is built anew sale={}", id);
            glances.remove(id);
            door.shut(epoch);
            build(epoch);
            return;
        }
        if (standing.known()) {
            saw(epoch, standing.version());
        }
        var before = glances.get(id);
        var holders = before != null && before.epoch().equals(epoch) ? before.holders() : null;
        var glance = new Glance(epoch, began, standing, holders);
        if (glance.letsNobodyIn() && (holders == null || holders.version() != standing.version())) {
            glance = new Glance(epoch, began, standing, door.holders(epoch));
        }
        glances.put(id, glance);
        if (!standing.known() && !glance.hasEnded()) {
            build(epoch);
        }
    }

    /**
     * The latest version that this instance has seen in the epoch; an earlier one is of a copy that was made before.
     */
    long latest(Epoch epoch) {
        var seen = latest.get(epoch.sale().id());
        return seen != null && seen.epoch() == epoch.number() ? seen.version() : 0;
    }

    void saw(Epoch epoch, long version) {
        latest.merge(
                epoch.sale().id(),
                new Seen(epoch.number(), version),
                (a, b) ->
                        a.epoch() == b.epoch() ? new Seen(a.epoch(), Math.max(a.version(), b.version())) : later(a, b));
    }

    private static Seen later(Seen a, Seen b) {
        return a.epoch() > b.epoch() ? a : b;
    }

    /**
     * Waits until Redis knows the sale, and no longer than until the deadline.
     *
     * @return the epoch to ask in; empty when that takes too long
     */
    Optional<Epoch> built(Epoch unknown, CallDeadline deadline) {
        try {
            build(unknown).get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
            return known(unknown.sale().id()).map(row -> new Epoch(row.sale(), row.epoch()));
        } catch (ExecutionException | TimeoutException e) {
            log.debug("flash sale not built sale={} cause={}", unknown.sale().id(), e.toString());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** One build a sale at a time. */
    private CompletableFuture<Void> build(Epoch unknown) {
        var id = unknown.sale().id();
        return builds.computeIfAbsent(id, key -> {
            var built = new CompletableFuture<Void>();
            Thread.ofVirtual().name("flash-sale-build").start(() -> {
                try {
                    buildOrAwait(unknown, built);
                } finally {
                    builds.remove(id);
                }
            });
            return built;
        });
    }

    private void buildOrAwait(Epoch unknown, CompletableFuture<Void> built) {
        var until = System.nanoTime() + BUILT_WITHIN.toNanos();
        try {
            do {
                var row = rows.find(unknown.sale().id()).orElseThrow(Sales::notFound);
                watch(row);
                if (row.closed()
                        || door.look(new Epoch(row.sale(), row.epoch())).known()
                        || building.build(row.sale(), row.epoch())) {
                    rows.find(row.sale().id()).ifPresent(this::watch);
                    built.complete(null);
                    return;
                }
                // Another instance does it.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            } while (System.nanoTime() < until);
            built.completeExceptionally(new TimeoutException("not built by anybody"));
        } catch (NotAskedException | RuntimeException e) {
            log.warn("flash sale not built sale={} cause={}", unknown.sale().id(), e.toString());
            built.completeExceptionally(e);
        }
    }
}
