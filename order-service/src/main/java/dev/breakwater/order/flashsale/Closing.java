package dev.breakwater.order.flashsale;

import dev.breakwater.order.flashsale.RedisDoor.Epoch;
import dev.breakwater.order.intake.IntakeOffsets;
import dev.breakwater.order.intake.NotAskedException;
import dev.breakwater.order.intake.Places;
import dev.breakwater.platform.messaging.Outbox;
import dev.breakwater.platform.messaging.Outgoing;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.persistence.Transactions;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Tells inventory to give back what a sale did not sell, once nothing of it is under way any more: it has ended by the
 * sale's one clock, nobody's order is on its way to the topic, everything that was in the topic after that is in the
 * ledger, and of each order in the ledger the stock is decided.
 */
@Component
class Closing {

    private static final Logger log = LoggerFactory.getLogger(Closing.class);
    private static final long FIRST = 1;

    private final Doorkeeper doorkeeper;
    private final RedisDoor door;
    private final IntakeOffsets offsets;
    private final Places places;
    private final SaleRows rows;
    private final Outbox outbox;
    private final Transactions transactions;
    private final FlashSaleProperties properties;
    private final Map<UUID, Map<TopicPartition, Long>> marks = new HashMap<>();

    Closing(
            Doorkeeper doorkeeper,
            RedisDoor door,
            IntakeOffsets offsets,
            Places places,
            SaleRows rows,
            Outbox outbox,
            Transactions transactions,
            FlashSaleProperties properties) {
        this.doorkeeper = doorkeeper;
        this.door = door;
        this.offsets = offsets;
        this.places = places;
        this.rows = rows;
        this.outbox = outbox;
        this.transactions = transactions;
        this.properties = properties;
    }

    record CloseFlashSale(UUID saleId) {}

    @Scheduled(
            fixedDelayString = "${breakwater.order.flash-sales.close-every:1s}",
            scheduler = FlashSaleConfiguration.TASKS)
    synchronized void closeEnded() {
        var epochs = doorkeeper.epochs();
        marks.keySet().retainAll(epochs.stream().map(epoch -> epoch.sale().id()).collect(Collectors.toSet()));
        for (var epoch : epochs) {
            try {
                if (isOver(epoch) && isConsumed(epoch.sale().id())) {
                    close(epoch.sale().id());
                }
            } catch (NotAskedException | DataAccessException | TransactionException e) {
                log.warn(
                        "flash sale not closed yet sale={} cause={}",
                        epoch.sale().id(),
                        e.toString());
            }
        }
    }

    /**
     * Whether the sale has ended and nobody's order is on its way to the topic. A Redis that has lost its memory since
     * the first epoch may have forgotten whose is.
     */
    private boolean isOver(Epoch epoch) {
        var standing = door.look(epoch);
        var knowsAll = standing.known() && epoch.number() == FIRST;
        var since = standing.micros() - epoch.sale().endMicros();
        return standing.pending() == 0
                && since >= (knowsAll ? 0 : properties.arrivesWithin().toNanos() / 1_000);
    }

    /**
     * A mark in every partition: the intake has come past where the topic ended when nobody could be let in any more.
     */
    private boolean isConsumed(UUID saleId) throws NotAskedException {
        var mark = marks.get(saleId);
        if (mark == null) {
            mark = offsets.ends();
            marks.put(saleId, mark);
        }
        return offsets.isConsumed(mark) && !places.isAnyUndecided(saleId);
    }

    private void close(UUID saleId) {
        transactions.write(() -> {
            if (rows.close(saleId)) {
                outbox.append(new Outgoing(
                        Topics.INVENTORY_COMMANDS, saleId.toString(), "CloseFlashSale", 1, new CloseFlashSale(saleId)));
                log.info("flash sale closed sale={}", saleId);
            }
        });
    }
}
