package dev.breakwater.order.flashsale;

import dev.breakwater.order.flashsale.RedisDoor.Epoch;
import dev.breakwater.order.flashsale.RedisDoor.Taken;
import dev.breakwater.order.intake.IntakeIndex;
import dev.breakwater.order.intake.NotAskedException;
import dev.breakwater.order.intake.Places;
import dev.breakwater.order.intake.Places.Place;
import dev.breakwater.order.intake.QueuedOrder;
import dev.breakwater.order.intake.WrittenOrders;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Reconciles the door with the topic and the ledger: what was written is no longer pending, a place whose order was
 * never written comes back, and so does that of an order that ended without a purchase. Every instance does it, for all
 * sales; each place is given back once, by whoever is first.
 */
@Component
class Settling implements WrittenOrders {

    private static final Logger log = LoggerFactory.getLogger(Settling.class);
    private static final int PIECE = 200;

    private final Doorkeeper doorkeeper;
    private final RedisDoor door;
    private final IntakeIndex index;
    private final Places places;
    private final MeterRegistry meters;
    private final FlashSaleProperties properties;
    private final Queue<QueuedOrder> written = new ConcurrentLinkedQueue<>();

    Settling(
            Doorkeeper doorkeeper,
            RedisDoor door,
            IntakeIndex index,
            Places places,
            MeterRegistry meters,
            FlashSaleProperties properties) {
        this.doorkeeper = doorkeeper;
        this.door = door;
        this.index = index;
        this.places = places;
        this.meters = meters;
        this.properties = properties;
    }

    /** An order is in the topic or in the ledger: the door is told of it soon, together with others. */
    @Override
    public void written(QueuedOrder order) {
        written.add(order);
    }

    /** What is lost here, with the process or with Redis, is found by {@link #settleOverdue}. */
    @Scheduled(fixedDelay = 50, scheduler = FlashSaleConfiguration.TASKS)
    void tellWritten() {
        var piece = new ArrayList<QueuedOrder>(PIECE);
        for (var order = written.poll(); order != null; order = written.poll()) {
            piece.add(order);
            if (piece.size() == PIECE) {
                tell(piece);
                piece.clear();
            }
        }
        tell(piece);
    }

    private void tell(List<QueuedOrder> piece) {
        var bySale = piece.stream().collect(Collectors.groupingBy(QueuedOrder::saleId));
        for (var epoch : doorkeeper.epochs()) {
            var orders = bySale.get(epoch.sale().id());
            if (orders != null) {
                carefully(() ->
                        door.settle(epoch, orders.stream().map(Building::taken).toList()));
            }
        }
    }

    /**
     * A place that nobody spoke of for a while: its order is in the topic or in the ledger, or its place comes back.
     */
    @Scheduled(fixedDelay = 500, scheduler = FlashSaleConfiguration.TASKS)
    void settleOverdue() {
        for (var epoch : doorkeeper.epochs()) {
            carefully(() -> settleOverdue(epoch));
        }
    }

    private void settleOverdue(Epoch epoch) {
        var overdue = door.overdue(epoch, properties.settleAfter(), PIECE);
        if (overdue.isEmpty()) {
            return;
        }
        try {
            index.catchUp();
        } catch (NotAskedException e) {
            log.warn("places stay unclear sale={} places={}", epoch.sale().id(), overdue.size());
            return;
        }
        var there = new ArrayList<Taken>();
        var missing = new LinkedHashMap<UUID, Long>(overdue);
        for (var orderId : overdue.keySet()) {
            index.find(orderId).ifPresent(order -> there.add(Building.taken(order)));
        }
        there.forEach(taken -> missing.remove(taken.orderId()));
        for (Place place : places.find(missing.keySet())) {
            there.add(Building.taken(epoch.sale(), place));
            missing.remove(place.orderId());
        }
        if (!there.isEmpty()) {
            door.settle(epoch, there);
        }
        if (!missing.isEmpty()) {
            var back = door.giveBack(epoch, missing);
            log.info(
                    "places of orders that were never written sale={} back={}",
                    epoch.sale().id(),
                    back);
            countBack("lost", back);
        }
    }

    /** Orders that were rejected or cancelled while their sale goes on. */
    @Scheduled(fixedDelay = 250, scheduler = FlashSaleConfiguration.TASKS)
    void giveBackEnded() {
        for (var epoch : doorkeeper.epochs()) {
            carefully(() -> giveBackEnded(epoch));
        }
    }

    private void giveBackEnded(Epoch epoch) {
        var ended = places.freed(epoch.sale().id(), PIECE);
        if (!ended.isEmpty()) {
            var back = door.giveBackEnded(
                    epoch,
                    ended.stream()
                            .map(place -> Building.taken(epoch.sale(), place))
                            .toList());
            if (back >= 0) {
                places.back(ended.stream().map(Place::orderId).toList());
                countBack("ended", back);
            }
        }
    }

    void countBack(String cause, long back) {
        if (back > 0) {
            meters.counter("flash.sale.places.back", "cause", cause).increment(back);
        }
    }

    private static void carefully(Runnable work) {
        try {
            work.run();
        } catch (DataAccessException | TransactionException e) {
            // Repeated at the next turn.
            log.debug("flash sale not settled cause={}", e.toString());
        }
    }
}
