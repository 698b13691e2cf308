package dev.breakwater.order.saga;

import dev.breakwater.order.saga.SagaSteps.Happening;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.web.problem.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A customer's wish to cancel: durable once answered, carried out by the saga. */
@Component
public class Cancellation {

    private final Orders orders;
    private final SagaSteps steps;
    private final Transactions transactions;
    private final SagaProperties properties;
    private final Clock clock;

    Cancellation(Orders orders, SagaSteps steps, Transactions transactions, SagaProperties properties, Clock clock) {
        this.orders = orders;
        this.steps = steps;
        this.transactions = transactions;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Notes the wish; a repeat changes nothing.
     *
     * @return the order as it then is
     * @throws ProblemException 404 for an unknown order or another customer's; 409 {@code order_not_cancellable} for
     *     one that ended without the customer's doing, or was confirmed too long ago
     */
    public Order request(UUID id, String customer) {
        return transactions.write(() -> {
            var order = orders.lock(List.of(id)).get(id);
            if (order == null || !order.customer().equals(customer)) {
                throw ProblemException.notFound("order_not_found", "You have no such order.");
            }
            if (!isCancellable(order)) {
                throw ProblemException.conflict(
                        "order_not_cancellable",
                        "This order is " + order.status() + " and can no longer be cancelled.");
            }
            steps.apply(List.of(new Happening(id, Trigger.CANCEL_REQUESTED, null)));
            return orders.find(List.of(id)).getFirst();
        });
    }

    private boolean isCancellable(Order order) {
        return switch (order.state()) {
            case REJECTED -> false;
            case CANCELLED -> order.reason() == Reason.CUSTOMER;
            case CONFIRMED -> {
                var confirmedAt = order.confirmedAt();
                yield confirmedAt != null && !clock.instant().isAfter(confirmedAt.plus(properties.cancelWithin()));
            }
            case RESERVING,
                    CANCELLING_STOCK,
                    PAYING,
                    CANCELLING_PAYMENT,
                    TIMING_OUT_PAYMENT,
                    COMMITTING,
                    CANCELLING_COMMIT,
                    REFUNDING,
                    RELEASING -> true;
        };
    }
}
