package dev.breakwater.order.flashsale;

import dev.breakwater.order.flashsale.RedisDoor.Epoch;
import dev.breakwater.order.flashsale.RedisDoor.Standing;
import dev.breakwater.platform.remote.CallDeadline;
import dev.breakwater.platform.web.problem.ProblemException;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Shows how a sale stands at its door. */
@Component
class Showing {

    private static final Logger log = LoggerFactory.getLogger(Showing.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Sales sales;
    private final Doorkeeper doorkeeper;
    private final RedisDoor door;

    Showing(Sales sales, Doorkeeper doorkeeper, RedisDoor door) {
        this.sales = sales;
        this.doorkeeper = doorkeeper;
        this.door = door;
    }

    /** @throws ProblemException 404 {@code flash_sale_not_found}; 503 while Redis is away or is being built */
    FlashSaleView show(UUID id) {
        var row = doorkeeper.known(id).orElseGet(() -> sales.find(id));
        var sale = row.sale();
        if (row.closed()) {
            return FlashSaleView.ended(sale);
        }
        doorkeeper.watch(row);
        var seen = doorkeeper
                .glance(id)
                .filter(glance -> glance.isFresh(System.nanoTime()))
                .map(Glance::standing)
                .orElseGet(() -> look(new Epoch(sale, row.epoch())));
        return FlashSaleView.of(sale, seen.micros(), seen.remaining());
    }

    private Standing look(Epoch epoch) {
        try {
            var seen = door.look(epoch);
            if (seen.known() || seen.micros() >= epoch.sale().endMicros()) {
                return seen;
            }
            var built = doorkeeper
                    .built(epoch, CallDeadline.in(PATIENCE))
                    .map(door::look)
                    .orElse(seen);
            if (built.known()) {
                return built;
            }
        } catch (DataAccessException e) {
            log.warn("door not looked at cause={}", e.toString());
        }
        throw Sales.unavailable();
    }
}
