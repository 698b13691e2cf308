package dev.breakwater.order.flashsale;

import dev.breakwater.order.flashsale.RedisDoor.Epoch;
import dev.breakwater.order.intake.Places;
import dev.breakwater.order.saga.Orders;
import dev.breakwater.order.tracking.OrderView;
import dev.breakwater.platform.remote.CallDeadline;
import dev.breakwater.platform.web.IdempotencyKey;
import dev.breakwater.platform.web.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Buys in a flash sale: one step at the door takes a place, Kafka keeps it, and what fails gives it back. */
@Component
class Buying {

    private static final Logger log = LoggerFactory.getLogger(Buying.class);

    private final Sales sales;
    private final Doorkeeper doorkeeper;
    private final Asking asking;
    private final RedisDoor door;
    private final Writing writing;
    private final Settling settling;
    private final Places places;
    private final Orders orders;
    private final MeterRegistry meters;

    Buying(
            Sales sales,
            Doorkeeper doorkeeper,
            Asking asking,
            RedisDoor door,
            Writing writing,
            Settling settling,
            Places places,
            Orders orders,
            MeterRegistry meters) {
        this.sales = sales;
        this.doorkeeper = doorkeeper;
        this.asking = asking;
        this.door = door;
        this.writing = writing;
        this.settling = settling;
        this.places = places;
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
    Bought buy(String customer, UUID saleId, IdempotencyKey key, BuyInSale request, CallDeadline deadline) {
        if (writing.isAway()) {
            throw Sales.unavailable();
        }
        var row = doorkeeper.known(saleId).orElseGet(() -> {
            var found = sales.find(saleId);
            doorkeeper.watch(found);
            return found;
        });
        var attempt = Attempt.of(row.sale(), customer, key, request);
        var said = asking.ask(row, attempt.ticket(), deadline);
        meters.counter(
                        "flash.sale.admissions",
                        "outcome",
                        said.admission().getClass().getSimpleName())
                .increment();
        return switch (said.admission()) {
            case Admission.Admitted admitted -> write(attempt, admitted.at(), said.writeBy(), true);
            case Admission.Unclear unclear -> write(attempt, unclear.at(), said.writeBy(), false);
            case Admission.Repeated repeated -> new Bought(asItIsNow(attempt, repeated.at()), true);
            case Admission.KeyReused reused -> throw Refusals.KEY_REUSED;
            case Admission.SoldOut soldOut -> throw Refusals.SOLD_OUT;
            case Admission.LimitReached limit -> throw Refusals.LIMIT_REACHED;
            case Admission.NotOpen notOpen -> throw Refusals.NOT_OPEN;
            case Admission.Ended ended when said.fromMemory() -> throw Refusals.ENDED;
            case Admission.Ended ended -> boughtBefore(attempt);
            case Admission.Shut shut -> throw Sales.unavailable();
        };
    }

    private Bought write(Attempt attempt, Instant at, CallDeadline writeBy, boolean first) {
        return switch (writing.write(attempt.order(at), writeBy, settling::written)) {
            case WRITTEN -> new Bought(attempt.accepted(at), !first);
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
                        door.giveBack(new Epoch(row.sale(), row.epoch()), Map.of(attempt.orderId(), Sale.micros(at))));
            }
        } catch (DataAccessException e) {
            log.warn("place not given back cause={}", e.toString());
        }
    }

    private OrderView asItIsNow(Attempt attempt, Instant at) {
        return orders.find(List.of(attempt.orderId())).stream()
                .findFirst()
                .map(OrderView::of)
                .orElseGet(() -> attempt.accepted(at));
    }

    /** The door may have forgotten an order of a sale that has ended; the ledger has not. */
    private Bought boughtBefore(Attempt attempt) {
        var place = places.find(List.of(attempt.orderId())).stream().findFirst().orElseThrow(() -> Refusals.ENDED);
        if (!place.fingerprint().equals(attempt.ticket().fingerprint())) {
            throw Refusals.KEY_REUSED;
        }
        return new Bought(asItIsNow(attempt, attempt.sale().startsAt()), true);
    }
}
