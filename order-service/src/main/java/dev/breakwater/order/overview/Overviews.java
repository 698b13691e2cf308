package dev.breakwater.order.overview;

import dev.breakwater.order.saga.OrderItem;
import dev.breakwater.order.tracking.OrderView;
import dev.breakwater.order.tracking.OwnOrder;
import dev.breakwater.platform.remote.CallDeadline;
import dev.breakwater.platform.remote.RemoteCalls;
import dev.breakwater.platform.web.problem.ProblemException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Gathers overviews: fan-out and fan-in with a deadline. The order comes from this service's own database, and what
 * belongs to it from the others, side by side; what does not come in time, or not at all, is named and the rest
 * returned.
 *
 * <p>A bulkhead keeps overviews that wait for others from taking what placements need: it holds so many, and refuses
 * one more at once.
 */
@Component
class Overviews {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final OwnOrder orders;
    private final PaymentClient payments;
    private final ProductClient products;
    private final RemoteCalls calls;
    private final OverviewProperties properties;
    private final Semaphore room;
    private final MeterRegistry meters;

    Overviews(
            OwnOrder orders,
            PaymentClient payments,
            ProductClient products,
            RemoteCalls calls,
            OverviewProperties properties,
            MeterRegistry meters) {
        this.orders = orders;
        this.payments = payments;
        this.products = products;
        this.calls = calls;
        this.properties = properties;
        this.meters = meters;
        this.room = new Semaphore(properties.atATime());
        Gauge.builder("overview.in.flight", room, free -> properties.atATime() - free.availablePermits())
                .description("Overviews that are being gathered")
                .register(meters);
    }

    /**
     * @param authorization the customer's token, passed on
     * @throws ProblemException 404 {@code order_not_found}, before anybody else is asked; 503
     *     {@code too_many_overviews}, which is not {@code overloaded}: a gateway that reads that holds back other reads
     *     too
     */
    Overview of(String customer, UUID id, String authorization, CallDeadline deadline) {
        if (!room.tryAcquire()) {
            meters.counter("overview.refused").increment();
            throw ProblemException.unavailable(
                    "too_many_overviews", "Too many overviews are being gathered.", RETRY_AFTER);
        }
        try {
            return gathered(orders.find(customer, id), authorization, deadline.sooner(properties.reserve()));
        } finally {
            room.release();
        }
    }

    private Overview gathered(OrderView order, String authorization, CallDeadline deadline) {
        var payment = new PaymentPart(calls, payments, order.id(), authorization);
        var pages = new ProductParts(
                calls, products, order.items().stream().map(OrderItem::sku).toList());
        try (var parts = new SideBySide(deadline)) {
            parts.fork(payment);
            for (var i = 0; i < Math.min(properties.readers(), order.items().size()); i++) {
                parts.fork(pages);
            }
            parts.join();
        } catch (InterruptedException e) {
            // The service stops: whoever asked gets what there is.
            Thread.currentThread().interrupt();
        }
        var overview = Overview.of(order, payment, pages);
        if (overview.partial()) {
            meters.counter("overview.partial").increment();
        }
        return overview;
    }
}
