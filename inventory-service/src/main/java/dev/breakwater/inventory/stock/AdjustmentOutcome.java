package dev.breakwater.inventory.stock;

/** What became of a requested adjustment. But for the first, nothing was written and its key is as good as new. */
sealed interface AdjustmentOutcome {

    /** @param replayed whether the key had been used before, by this very request */
    record Adjusted(StockLevel level, boolean replayed) implements AdjustmentOutcome {}

    /** There is no such product. */
    record UnknownProduct() implements AdjustmentOutcome {}

    /** Fewer pieces are available than were to be taken away. */
    record BelowZero() implements AdjustmentOutcome {}

    /** The key stands for another request. */
    record KeyReused() implements AdjustmentOutcome {}
}
