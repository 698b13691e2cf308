package dev.breakwater.order.tracking;

import dev.breakwater.order.saga.History;
import dev.breakwater.order.saga.Orders;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.web.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds an order for its customer, to whom another's is unknown. */
@Component
public class OwnOrder {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Orders orders;
    private final Transactions transactions;
    private final WaitingOrders waiting;

    OwnOrder(Orders orders, Transactions transactions, WaitingOrders waiting) {
        this.orders = orders;
        this.transactions = transactions;
        this.waiting = waiting;
    }

    /**
     * The order and its timeline as of one moment.
     *
     * @throws ProblemException 404 {@code order_not_found}; 503 while it cannot be told whether there is one
     */
    public OrderView find(String customer, UUID id) {
        return written(customer, id)
                .or(() -> waiting.find(customer, id))
                // What has left the queue meanwhile is in the ledger.
                .or(() -> written(customer, id))
                .orElseThrow(() -> ProblemException.notFound("order_not_found", "You have no such order."));
    }

    /** What has become of the order, from the same sources and with the same exceptions. */
    public History history(String customer, UUID id) {
        var order = find(customer, id);
        return new History(Objects.requireNonNull(order.timeline(), "timeline"), order.reason());
    }

    /**
     * For what can only be done to an order in the ledger.
     *
     * @throws ProblemException 503 with Retry-After while the order waits to be written
     */
    void requireWritten(String customer, UUID id) {
        if (WaitingOrders.mayWait(id)
                && written(customer, id).isEmpty()
                && waiting.find(customer, id).isPresent()) {
            throw ProblemException.unavailable(
                    "order_not_written_yet", "The order waits to be written; repeat the call.", RETRY_AFTER);
        }
    }

    private Optional<OrderView> written(String customer, UUID id) {
        return transactions.snapshot(() -> orders.find(List.of(id)).stream()
                .filter(found -> found.customer().equals(customer))
                .findFirst()
                .map(order -> OrderView.of(order, orders.timeline(id))));
    }
}
