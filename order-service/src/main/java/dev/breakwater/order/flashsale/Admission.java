package dev.breakwater.order.flashsale;

import java.time.Instant;
import java.util.UUID;

/** What the door says to somebody who wants a place. */
sealed interface Admission {

    /**
     * He has it; nobody has written his order yet.
     *
     * @param version of the sale since then
     */
    record Admitted(Instant at, long version) implements Admission {}

    /** He has had it, and nobody knows whether his order was written: it is to be written again. */
    record Unclear(Instant at) implements Admission {}

    /** He has had it, and his order was written. */
    record Repeated(Instant at) implements Admission {}

    record KeyReused() implements Admission {}

    record SoldOut() implements Admission {}

    record LimitReached() implements Admission {}

    record NotOpen() implements Admission {}

    record Ended() implements Admission {}

    /** Redis does not know the sale as it is: it was not built yet, or has lost its memory. */
    record Shut() implements Admission {}

    /**
     * What somebody shows at the door.
     *
     * @param fingerprint of the request that his key stands for
     */
    record Ticket(UUID orderId, UUID customerHash, int quantity, UUID fingerprint) {}
}
