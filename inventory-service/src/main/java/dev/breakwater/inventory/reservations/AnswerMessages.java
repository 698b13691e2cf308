package dev.breakwater.inventory.reservations;

import dev.breakwater.platform.messaging.InvalidMessageException;
import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.Outgoing;
import dev.breakwater.platform.messaging.Topics;
import java.util.UUID;

/** The answers as they go over the wire. */
final class AnswerMessages {

    private AnswerMessages() {}

    record StockReserved(UUID orderId) {}

    record StockRejected(UUID orderId, String reason, String sku) {}

    record StockCommitted(UUID orderId) {}

    record StockReleased(UUID orderId) {}

    record FlashSaleClosed(UUID saleId) {}

    /** @throws InvalidMessageException for a command that asked for what cannot be done */
    static Outgoing of(Answer answer, Message cause) {
        var orderId = answer.orderId();
        return switch (answer) {
            case Answer.StockReserved a -> outgoing(new StockReserved(orderId), orderId, cause);
            case Answer.StockRejected a ->
                outgoing(new StockRejected(orderId, "OUT_OF_STOCK", a.missing().value()), orderId, cause);
            case Answer.StockCommitted a -> outgoing(new StockCommitted(orderId), orderId, cause);
            case Answer.StockReleased a -> outgoing(new StockReleased(orderId), orderId, cause);
            case Answer.SaleClosed a -> outgoing(new FlashSaleClosed(a.saleId()), orderId, cause);
            case Answer.NothingReserved a ->
                throw new InvalidMessageException("CommitStock for an order that nothing was reserved for", null);
        };
    }

    private static Outgoing outgoing(Record payload, UUID orderId, Message cause) {
        return new Outgoing(
                        Topics.INVENTORY_EVENTS,
                        orderId.toString(),
                        payload.getClass().getSimpleName(),
                        1,
                        payload)
                .causedBy(cause);
    }
}
