package dev.breakwater.inventory.stock;

import dev.breakwater.inventory.stock.AdjustmentOutcome.Adjusted;
import dev.breakwater.inventory.stock.AdjustmentOutcome.BelowZero;
import dev.breakwater.inventory.stock.AdjustmentOutcome.KeyReused;
import dev.breakwater.inventory.stock.AdjustmentOutcome.UnknownProduct;
import dev.breakwater.platform.persistence.SharedTransactions;
import dev.breakwater.platform.web.IdempotencyKey;
import dev.breakwater.platform.web.problem.ProblemException;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Changes of stock by hand: each key takes effect once, however often and however simultaneously it is sent. */
@Component
class StockAdjustments {

    private final SharedTransactions<RequestedAdjustment, AdjustmentOutcome> transactions;

    StockAdjustments(SharedTransactions<RequestedAdjustment, AdjustmentOutcome> transactions) {
        this.transactions = transactions;
    }

    /**
     * Returns when the adjustment is durable.
     *
     * @param left how much time the client leaves for the answer
     * @throws ProblemException 404 {@code product_not_found}; 422 {@code stock_below_zero} or
     *     {@code idempotency_key_reused}; 503 when too many adjustments wait; 504 when the time was over before its
     *     turn came. None of them uses the key up.
     */
    Adjusted adjust(Sku sku, String owner, IdempotencyKey key, StockAdjustment adjustment, Duration left) {
        var outcome = transactions.write(RequestedAdjustment.of(sku, owner, key.value(), adjustment), left);
        return switch (outcome) {
            case Adjusted adjusted -> adjusted;
            case UnknownProduct unknown -> throw StockController.notFound();
            case BelowZero tooMany ->
                throw ProblemException.unprocessable(
                        "stock_below_zero", "Not that many pieces are available to be taken away.");
            case KeyReused reused ->
                throw ProblemException.unprocessable(
                        "idempotency_key_reused", "This key was used for another request.");
        };
    }
}
