package dev.breakwater.order.placement;

import dev.breakwater.order.saga.Order;

/** What became of a submission. */
sealed interface Outcome {

    /** @param replayed whether the key had been used before, by this very request */
    record Placed(Order order, boolean replayed) implements Outcome {}

    /** The key stands for another request; nothing was written. */
    record KeyReused() implements Outcome {}
}
