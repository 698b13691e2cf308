package dev.breakwater.order.flashsale;

import dev.breakwater.order.flashsale.Admission.Ticket;
import dev.breakwater.order.flashsale.RedisDoor.Epoch;
import dev.breakwater.order.intake.Digest;
import dev.breakwater.order.intake.IntakeIndex;
import dev.breakwater.order.intake.QueuedOrder;
import dev.breakwater.order.saga.OrderStatus;
import dev.breakwater.order.saga.Orders;
import dev.breakwater.order.saga.PaymentMethod;
import dev.breakwater.order.tracking.OrderView;
import dev.breakwater.platform.persistence.IdempotencyRecords;
import dev.breakwater.platform.web.IdempotencyKey;
import dev.breakwater.platform.web.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Buys in a flash sale: what memory refuses costs next to nothing, one step in Redis takes a place, Kafka keeps it. */
@Component
class Buying {

    private static final Logger log = LoggerFactory.getLogger(Buying.class);

    private final Sales sales;
    private final Doorkeeper doorkeeper;
    private final RedisDoor door;
    private final Writing writing;
    private final Settling settling;
    private final IntakeIndex index;
    private final Orders orders;
    private final MeterRegistry meters;

    Buying(
            Sales sales,
            Doorkeeper doorkeeper,
            RedisDoor door,
            Writing writing,
            Settling settling,
            IntakeIndex index,
            Orders orders,
            MeterRegistry meters) {
        this.sales = sales;
        this.doorkeeper = doorkeeper;
        this.door = door;
        this.writing = writing;
        this.settling = settling;
        this.index = index;
        this.orders = orders;
        this.meters = meters;
    }

    /** @param replayed whether the key had been used before, by this very request */
    record Bought(OrderView order, boolean replayed) {}

    /**
     * Returns when the order is durable.
     *
     * @throws ProblemException 404 {@code flash_sale_not_found}; 409 {@code sold_out}, {@code limit_reached},
     *     {@code not_open}; 410 {@code sale_ended}; 422 {@code idempotency_key_reused}; 503 when Redis or Kafka is
     *     away: the outcome is then unknown, and a repeat with the same key finds it out
     */
    Bought buy(String customer, UUID saleId, IdempotencyKey key, BuyInSale request) {
        var row = doorkeeper.known(saleId).orElseGet(() -> {
            var found = sales.find(saleId);
            doorkeeper.watch(found);
            return found;
        });
        var attempt = new Attempt(
                row.sale(),
                customer,
                request,
                new Ticket(
                        row.sale().orderId(customer, key.value()),
                        Digest.of(customer),
                        request.quantity(),
                        Digest.of(IdempotencyRecords.fingerprint(request))));
        var admission = row.closed() ? new Admission.Ended() : admitted(row, attempt.ticket());
        meters.counter("flash.sale.admissions", "outcome", admission.getClass().getSimpleName())
                .increment();
        return switch (admission) {
            case Admission.Admitted admitted -> write(attempt, admitted.at(), true);
            case Admission.Unclear unclear -> write(attempt, unclear.at(), false);
            case Admission.Repeated repeated -> new Bought(asItIsNow(attempt, repeated.at()), true);
            case Admission.KeyReused reused ->
                throw ProblemException.unprocessable(
                        "idempotency_key_reused", "This Idempotency-Key was used for another request.");
            case Admission.SoldOut soldOut -> throw Refusals.SOLD_OUT;
            case Admission.LimitReached limit -> throw Refusals.LIMIT_REACHED;
            case Admission.NotOpen notOpen -> throw Refusals.NOT_OPEN;
            case Admission.Ended ended ->
                written(attempt.ticket().orderId())
                        .map(order -> new Bought(order, true))
                        .orElseThrow(() -> Refusals.ENDED);
            case Admission.Shut shut -> throw Sales.unavailable();
        };
    }

    private record Attempt(Sale sale, String customer, BuyInSale request, Ticket ticket) {

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
                            request.paymentMethod().type(),
                            request.paymentMethod().token()),
                    ticket.fingerprint(),
                    at);
        }
    }

    private Admission admitted(SaleRows.Row row, Ticket ticket) {
        var remembered = doorkeeper
                .glance(row.sale().id())
                .filter(glance -> index.find(ticket.orderId()).isEmpty())
                .map(glance -> glance.remembered(ticket.orderId(), System.nanoTime()))
                .orElse(null);
        if (remembered != null) {
            return remembered;
        }
        try {
            var epoch = new Epoch(row.sale(), row.epoch());
            var admission = door.admit(epoch, ticket);
            return admission instanceof Admission.Shut
                    ? doorkeeper
                            .built(epoch)
                            .map(next -> door.admit(next, ticket))
                            .orElse(admission)
                    : admission;
        } catch (DataAccessException e) {
            log.warn("door not asked cause={}", e.toString());
            throw Sales.unavailable();
        }
    }

    private Bought write(Attempt attempt, Instant at, boolean first) {
        var order = attempt.order(at);
        return switch (writing.write(order, settling::written)) {
            case WRITTEN -> new Bought(view(order), !first);
            case UNKNOWN -> throw Sales.unavailable();
            case NOT_WRITTEN -> {
                if (first) {
                    giveBack(attempt, at);
                }
                throw Sales.unavailable();
            }
        };
    }

    /** What fails here is found by reconciliation. */
    private void giveBack(Attempt attempt, Instant at) {
        try {
            for (var row : doorkeeper.known(attempt.sale().id()).stream().toList()) {
                settling.countBack(
                        "refused",
                        door.giveBack(
                                new Epoch(row.sale(), row.epoch()),
                                Map.of(attempt.ticket().orderId(), Sale.micros(at))));
            }
        } catch (DataAccessException e) {
            log.warn("place not given back cause={}", e.toString());
        }
    }

    private OrderView asItIsNow(Attempt attempt, Instant at) {
        return written(attempt.ticket().orderId()).orElseGet(() -> view(attempt.order(at)));
    }

    private Optional<OrderView> written(UUID orderId) {
        return orders.find(List.of(orderId)).stream().findFirst().map(OrderView::of);
    }

    private static OrderView view(QueuedOrder order) {
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
