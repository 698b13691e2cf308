package dev.breakwater.order.flashsale;

import dev.breakwater.order.flashsale.RedisDoor.Epoch;
import dev.breakwater.order.flashsale.RedisDoor.Taken;
import dev.breakwater.order.intake.IntakeIndex;
import dev.breakwater.order.intake.NotAskedException;
import dev.breakwater.order.intake.Places;
import dev.breakwater.order.intake.Places.Place;
import dev.breakwater.order.intake.QueuedOrder;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Builds what Redis holds of a sale, from the ledger and the topic: before it opens, and whenever Redis has lost its
 * memory. One instance does it, in a new epoch, which is believed when it is complete.
 */
@Component
class Building {

    private static final Logger log = LoggerFactory.getLogger(Building.class);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int PIECE = 500;

    private final SaleRows rows;
    private final RedisDoor door;
    private final IntakeIndex index;
    private final Places places;
    private final MeterRegistry meters;

    Building(SaleRows rows, RedisDoor door, IntakeIndex index, Places places, MeterRegistry meters) {
        this.rows = rows;
        this.door = door;
        this.index = index;
        this.places = places;
        this.meters = meters;
    }

    /**
     * @param seen the epoch that Redis does not know, or must not be believed in
     * @return whether this instance built the next one; another may be just doing it
     * @throws NotAskedException when the topic cannot be read
     */
    boolean build(Sale sale, long seen) throws NotAskedException {
        var next = rows.nextEpoch(sale.id(), seen, LONGEST).orElse(null);
        if (next == null) {
            return false;
        }
        var epoch = new Epoch(sale, next);
        try {
            var taken = taken(sale);
            inPieces(taken.values(), piece -> door.fill(epoch, piece));
            var pieces = taken.values().stream().mapToLong(Taken::quantity).sum();
            if (!door.install(epoch, sale.quantity() - pieces)) {
                return false;
            }
            // Who was written while this was built, by those who still believed in the epoch before.
            var since = taken(sale);
            since.keySet().removeAll(taken.keySet());
            inPieces(since.values(), piece -> door.settle(epoch, piece));
            door.forget(new Epoch(sale, seen));
            log.info("flash sale built sale={} epoch={} taken={}", sale.id(), next, taken.size() + since.size());
            meters.counter("flash.sale.builds").increment();
            return true;
        } finally {
            rows.built(sale.id(), next);
        }
    }

    /** Every order that there is, written or waiting; those that ended without a purchase hold nothing. */
    private Map<UUID, Taken> taken(Sale sale) throws NotAskedException {
        index.catchUp();
        var taken = new LinkedHashMap<UUID, Taken>();
        index.all().stream()
                .filter(order -> order.saleId().equals(sale.id()))
                .forEach(order -> taken.put(order.orderId(), taken(order)));
        // After the index was read: what leaves the queue meanwhile is found in the ledger, which knows better.
        places.of(sale.id()).forEach(place -> taken.put(place.orderId(), taken(sale, place)));
        return taken;
    }

    static Taken taken(QueuedOrder order) {
        return new Taken(
                order.orderId(), order.customerHash(), order.quantity(), order.fingerprint(), order.admittedAt());
    }

    /** When it was let in the ledger knows; the door needs not. */
    static Taken taken(Sale sale, Place place) {
        return new Taken(place.orderId(), place.customerHash(), place.quantity(), place.fingerprint(), sale.startsAt());
    }

    private static void inPieces(Collection<Taken> taken, Consumer<List<Taken>> each) {
        var all = new ArrayList<>(taken);
        for (var from = 0; from < all.size(); from += PIECE) {
            each.accept(all.subList(from, Math.min(all.size(), from + PIECE)));
        }
    }
}
