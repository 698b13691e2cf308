package dev.breakwater.order.tracking;

import dev.breakwater.order.intake.IntakeIndex;
import dev.breakwater.order.intake.NotAskedException;
import dev.breakwater.order.intake.QueuedOrder;
import dev.breakwater.order.intake.SalesUnderWay;
import dev.breakwater.order.saga.OrderStatus;
import dev.breakwater.order.saga.Orders.Milestone;
import dev.breakwater.platform.web.problem.ProblemException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Orders that were answered 202 and are not in the ledger yet. When it cannot be told whether there is one, it is not
 * said that there is none.
 */
@Component
class WaitingOrders {

    private static final Logger log = LoggerFactory.getLogger(WaitingOrders.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final IntakeIndex index;
    private final SalesUnderWay sales;

    WaitingOrders(IntakeIndex index, SalesUnderWay sales) {
        this.index = index;
        this.sales = sales;
    }

    /** Only orders of flash sales wait, and only their ids are of version 8. */
    static boolean mayWait(UUID id) {
        return id.version() == 8;
    }

    /**
     * An order that is not in the ledger.
     *
     * @throws ProblemException 503 while nobody can tell
     */
    Optional<OrderView> find(String customer, UUID id) {
        if (!mayWait(id)) {
            return Optional.empty();
        }
        var known = index.find(id);
        if (known.isEmpty()) {
            catchUp();
            known = index.find(id);
        }
        return known.filter(order -> order.customer().equals(customer))
                .map(order -> view(order, List.of(new Milestone(OrderStatus.PENDING, order.admittedAt()))));
    }

    /**
     * All of a customer's that wait; some may be in the ledger by now.
     *
     * @throws ProblemException 503 while nobody can tell
     */
    Collection<OrderView> ofCustomer(String customer) {
        if (sales.isAny()) {
            catchUp();
        }
        return index.ofCustomer(customer).stream()
                .map(order -> view(order, null))
                .toList();
    }

    private void catchUp() {
        try {
            index.catchUp();
        } catch (NotAskedException e) {
            log.warn("orders that wait are not known cause={}", String.valueOf(e.getCause()));
            throw ProblemException.unavailable(
                    "orders_not_known", "It cannot be told now whether there is such an order.", RETRY_AFTER);
        }
    }

    private static OrderView view(QueuedOrder order, @Nullable List<Milestone> timeline) {
        return new OrderView(
                order.orderId(),
                OrderStatus.PENDING,
                null,
                order.items(),
                order.totalMinor(),
                order.currency(),
                order.admittedAt(),
                timeline);
    }
}
