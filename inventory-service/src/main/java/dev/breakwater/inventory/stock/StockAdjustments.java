package dev.breakwater.inventory.stock;

import dev.breakwater.platform.persistence.Figures;
import dev.breakwater.platform.persistence.IdempotencyRecords;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.web.IdempotencyKey;
import dev.breakwater.platform.web.problem.ProblemException;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Changes of stock by hand: each key takes effect once, however often and however simultaneously it is sent. */
@Component
class StockAdjustments {

    private final Transactions transactions;
    private final StockLedger ledger;
    private final IdempotencyRecords keys;
    private final Figures figures;
    private final JsonMapper json;

    StockAdjustments(
            Transactions transactions, StockLedger ledger, IdempotencyRecords keys, Figures figures, JsonMapper json) {
        this.transactions = transactions;
        this.ledger = ledger;
        this.keys = keys;
        this.figures = figures;
        this.json = json;
    }

    record Adjusted(StockLevel level, boolean replayed) {}

    /**
     * @throws ProblemException 404 {@code product_not_found}, 422 {@code stock_below_zero} or
     *     {@code idempotency_key_reused}; none of them uses the key up
     */
    Adjusted adjust(Sku sku, String owner, IdempotencyKey key, StockAdjustment adjustment) {
        var scope = "POST /products/" + sku + "/stock";
        var fingerprint = IdempotencyRecords.fingerprint(adjustment);
        return transactions.write(() -> {
            // The lock comes before the question about the key: one key always means one SKU, so its repeats queue up
            // here and each finds what the one before it has committed.
            var stock = ledger.lock(List.of(sku));
            var balance = stock.balance(sku);
            if (balance == null) {
                throw StockController.notFound();
            }
            var recorded = keys.find(owner, scope, key.value());
            if (recorded.isPresent()) {
                if (!recorded.get().isOf(fingerprint)) {
                    throw ProblemException.unprocessable(
                            "idempotency_key_reused", "This key was used for another request.");
                }
                return new Adjusted(json.readValue(recorded.get().result(), StockLevel.class), true);
            }
            if (balance.available() + adjustment.delta() < 0) {
                throw ProblemException.unprocessable(
                        "stock_below_zero", "Not that many pieces are available to be taken away.");
            }
            stock.move(sku, new Movement.Adjusted(adjustment.delta(), adjustment.reason()));
            ledger.write(stock);
            var level = StockLevel.of(sku, balance.plus(new Balance(adjustment.delta(), 0, 0, 0)));
            keys.insert(owner, scope, key.value(), fingerprint, json.writeValueAsString(level));
            figures.add(stock.figures());
            return new Adjusted(level, false);
        });
    }
}
