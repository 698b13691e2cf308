package dev.breakwater.inventory.stock;

import dev.breakwater.inventory.stock.AdjustmentOutcome.Adjusted;
import dev.breakwater.inventory.stock.AdjustmentOutcome.BelowZero;
import dev.breakwater.inventory.stock.AdjustmentOutcome.KeyReused;
import dev.breakwater.inventory.stock.AdjustmentOutcome.UnknownProduct;
import dev.breakwater.platform.batching.IngestBatch;
import dev.breakwater.platform.batching.NotWrittenException;
import dev.breakwater.platform.web.IdempotencyKey;
import dev.breakwater.platform.web.exchange.RequestDeadline;
import dev.breakwater.platform.web.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Changes of stock by hand: each key takes effect once, however often and however simultaneously it is sent. */
@Component
class StockAdjustments {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final IngestBatch<RequestedAdjustment, AdjustmentOutcome> batch;
    private final AdjustmentProperties properties;
    private final MeterRegistry meters;

    StockAdjustments(
            IngestBatch<RequestedAdjustment, AdjustmentOutcome> batch,
            AdjustmentProperties properties,
            MeterRegistry meters) {
        this.batch = batch;
        this.properties = properties;
        this.meters = meters;
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
        var outcome = write(RequestedAdjustment.of(sku, owner, key.value(), adjustment), left);
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

    private AdjustmentOutcome write(RequestedAdjustment request, Duration left) {
        var longestWait = properties.longestWait();
        try {
            return batch.write(request, left.compareTo(longestWait) < 0 ? left : longestWait);
        } catch (NotWrittenException e) {
            meters.counter("adjustments.refused", "cause", e.why().name()).increment();
            throw switch (e.why()) {
                case QUEUE_FULL ->
                    ProblemException.unavailable("overloaded", "Too many adjustments are waiting.", RETRY_AFTER);
                case CLOSED -> ProblemException.unavailable("stopping", "This instance is about to stop.", RETRY_AFTER);
                case WAITED_TOO_LONG ->
                    left.compareTo(longestWait) < 0
                            ? RequestDeadline.exceeded(
                                    "The time was over before the stock was changed; it is as it was.")
                            : ProblemException.unavailable(
                                    "overloaded",
                                    "The adjustment waited too long; the stock is as it was.",
                                    RETRY_AFTER);
            };
        }
    }
}
