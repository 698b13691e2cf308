package dev.breakwater.inventory.stock;

import dev.breakwater.inventory.stock.AdjustmentOutcome.Adjusted;
import dev.breakwater.inventory.stock.AdjustmentOutcome.BelowZero;
import dev.breakwater.inventory.stock.AdjustmentOutcome.KeyReused;
import dev.breakwater.inventory.stock.AdjustmentOutcome.UnknownProduct;
import dev.breakwater.platform.batching.BatchWriter;
import dev.breakwater.platform.persistence.Figures;
import dev.breakwater.platform.persistence.IdempotencyRecords;
import dev.breakwater.platform.persistence.IdempotencyRecords.Name;
import dev.breakwater.platform.persistence.IdempotencyRecords.Recorded;
import dev.breakwater.platform.persistence.OneMessage;
import dev.breakwater.platform.persistence.Transactions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Adjusts stock for a batch of requests in one transaction, on the road of the reservations: rows are locked in SKU
 * order, decided upon in memory in the order of arrival, and written once a SKU.
 */
@Component
class SharedAdjustments implements BatchWriter<RequestedAdjustment, AdjustmentOutcome> {

    private final Transactions transactions;
    private final StockLedger ledger;
    private final IdempotencyRecords records;
    private final Figures figures;
    private final JsonMapper json;

    SharedAdjustments(
            Transactions transactions,
            StockLedger ledger,
            IdempotencyRecords records,
            Figures figures,
            JsonMapper json) {
        this.transactions = transactions;
        this.ledger = ledger;
        this.records = records;
        this.figures = figures;
        this.json = json;
    }

    @Override
    public List<AdjustmentOutcome> write(List<RequestedAdjustment> batch) {
        return transactions.write(() -> {
            // The locks come before the question about the keys: one key always means one SKU, so its repeats queue up
            // here and each finds what the one before it has committed.
            var stock = ledger.lock(
                    batch.stream().map(RequestedAdjustment::sku).distinct().toList());
            var used = used(batch, stock);
            var fresh = new TreeMap<Name, Recorded>();
            var outcomes = new ArrayList<AdjustmentOutcome>(batch.size());
            for (var request : batch) {
                var recorded = fresh.getOrDefault(request.key(), used.get(request.key()));
                var outcome = decide(request, stock, recorded);
                if (outcome instanceof Adjusted adjusted && !adjusted.replayed()) {
                    fresh.put(request.key(), record(request, adjusted.level()));
                }
                outcomes.add(outcome);
            }
            ledger.announce(stock);
            OneMessage.together(() -> {
                ledger.write(stock);
                records.insertAll(fresh);
                figures.add(stock.figures());
            });
            return outcomes;
        });
    }

    /** What the keys stand for that were used before. Nothing was ever recorded for a product that there is not. */
    private Map<Name, Recorded> used(List<RequestedAdjustment> batch, LockedStock stock) {
        var keys = batch.stream()
                .filter(request -> stock.balance(request.sku()) != null)
                .map(RequestedAdjustment::key)
                .distinct()
                .toList();
        var used = new HashMap<Name, Recorded>();
        if (keys.size() > 1) {
            used.putAll(records.lockAll(keys));
        } else {
            keys.forEach(key -> records.lock(key).ifPresent(recorded -> used.put(key, recorded)));
        }
        return used;
    }

    private AdjustmentOutcome decide(RequestedAdjustment request, LockedStock stock, @Nullable Recorded recorded) {
        var balance = stock.balance(request.sku());
        if (balance == null) {
            return new UnknownProduct();
        }
        if (recorded != null) {
            return recorded.isOf(request.fingerprint())
                    ? new Adjusted(json.readValue(recorded.result(), StockLevel.class), true)
                    : new KeyReused();
        }
        var delta = request.adjustment().delta();
        if (balance.available() + delta < 0) {
            return new BelowZero();
        }
        var movement = new Movement.Adjusted(delta, request.adjustment().reason());
        stock.move(request.sku(), movement);
        return new Adjusted(StockLevel.of(request.sku(), balance.plus(movement.change())), false);
    }

    private Recorded record(RequestedAdjustment request, StockLevel level) {
        return new Recorded(request.fingerprint(), json.writeValueAsString(level));
    }
}
