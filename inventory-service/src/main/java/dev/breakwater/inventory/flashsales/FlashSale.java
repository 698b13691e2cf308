package dev.breakwater.inventory.flashsales;

import dev.breakwater.inventory.stock.Sku;
import java.time.Instant;
import java.util.UUID;

/**
 * A sale as its terms were announced.
 *
 * @param quantity how many pieces are for sale in all
 * @param perCustomerLimit how many of them one customer may buy
 */
record FlashSale(
        UUID id,
        Sku sku,
        long priceMinor,
        String currency,
        long quantity,
        long perCustomerLimit,
        Instant startsAt,
        Instant endsAt) {

    /**
     * Where a sale stood at one moment of the database's clock.
     *
     * @param remaining how many pieces are still set aside
     * @param closed whether they were given back to the product
     */
    record Standing(FlashSale sale, long remaining, boolean closed, Instant at) {

        State state() {
            if (closed || !at.isBefore(sale.endsAt)) {
                return State.ENDED;
            }
            if (at.isBefore(sale.startsAt)) {
                return State.SCHEDULED;
            }
            return remaining == 0 ? State.SOLD_OUT : State.OPEN;
        }

        /** How many pieces can still be bought, now or once it opens. */
        long forSale() {
            return state() == State.ENDED ? 0 : remaining;
        }
    }

    /** What a customer can do about a sale. */
    enum State {
        SCHEDULED,
        OPEN,
        SOLD_OUT,
        ENDED
    }
}
