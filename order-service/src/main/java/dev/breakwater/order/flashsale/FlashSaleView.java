package dev.breakwater.order.flashsale;

import java.time.Instant;
import java.util.UUID;

/**
 * A flash sale as its door sees it.
 *
 * @param remaining how many pieces can still be bought, now or once it opens
 */
record FlashSaleView(
        UUID id,
        String sku,
        long priceMinor,
        String currency,
        long quantity,
        long perCustomerLimit,
        Instant startsAt,
        Instant endsAt,
        State state,
        long remaining) {

    enum State {
        SCHEDULED,
        OPEN,
        SOLD_OUT,
        ENDED
    }

    /** @param micros of the sale's clock */
    static FlashSaleView of(Sale sale, long micros, long remaining) {
        if (micros >= sale.endMicros()) {
            return ended(sale);
        }
        var left = Math.max(0, remaining);
        if (micros < sale.startMicros()) {
            return of(sale, State.SCHEDULED, left);
        }
        return of(sale, left == 0 ? State.SOLD_OUT : State.OPEN, left);
    }

    static FlashSaleView ended(Sale sale) {
        return of(sale, State.ENDED, 0);
    }

    private static FlashSaleView of(Sale sale, State state, long remaining) {
        return new FlashSaleView(
                sale.id(),
                sale.sku(),
                sale.priceMinor(),
                sale.currency(),
                sale.quantity(),
                sale.perCustomerLimit(),
                sale.startsAt(),
                sale.endsAt(),
                state,
                remaining);
    }
}
