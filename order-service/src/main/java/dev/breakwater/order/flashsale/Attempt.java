package dev.breakwater.order.flashsale;

import dev.breakwater.order.flashsale.Admission.Ticket;
import dev.breakwater.order.intake.Digest;
import dev.breakwater.order.intake.QueuedOrder;
import dev.breakwater.order.saga.OrderStatus;
import dev.breakwater.order.saga.PaymentMethod;
import dev.breakwater.order.tracking.OrderView;
import dev.breakwater.platform.persistence.IdempotencyRecords;
import dev.breakwater.platform.web.IdempotencyKey;
import java.time.Instant;
import java.util.UUID;

/** What a customer tries to buy in a sale, with one of his keys. */
record Attempt(Sale sale, String customer, BuyInSale request, Ticket ticket) {

    static Attempt of(Sale sale, String customer, IdempotencyKey key, BuyInSale request) {
        return new Attempt(
                sale,
                customer,
                request,
                new Ticket(
                        sale.orderId(customer, key.value()),
                        Digest.of(customer),
                        request.quantity(),
                        Digest.of(IdempotencyRecords.fingerprint(request))));
    }

    UUID orderId() {
        return ticket.orderId();
    }

    /** @param at when the door let it in */
    QueuedOrder order(Instant at) {
        return new QueuedOrder(
                ticket.orderId(),
                sale.id(),
                customer,
                sale.sku(),
                ticket.quantity(),
                sale.priceMinor(),
                sale.currency(),
                sale.perCustomerLimit(),
                new PaymentMethod(
                        request.paymentMethod().type(), request.paymentMethod().token()),
                ticket.fingerprint(),
                at);
    }

    OrderView accepted(Instant at) {
        var order = order(at);
        return new OrderView(
                order.orderId(),
                OrderStatus.PENDING,
                null,
                order.items(),
                order.totalMinor(),
                order.currency(),
                order.admittedAt(),
                null);
    }
}
