package dev.breakwater.order.tracking;

import dev.breakwater.order.saga.Orders;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.web.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds an order for its customer, to whom another's is unknown. */
@Component
public class OwnOrder {

    private final Orders orders;
    private final Transactions transactions;

    OwnOrder(Orders orders, Transactions transactions) {
        this.orders = orders;
        this.transactions = transactions;
    }

    /**
     * The order and its timeline as of one moment.
     *
     * @throws ProblemException 404 {@code order_not_found}
     */
    public OrderView find(String customer, UUID id) {
        return transactions.snapshot(() -> {
            var order = orders.find(List.of(id)).stream()
                    .filter(found -> found.customer().equals(customer))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.notFound("order_not_found", "You have no such order."));
            return OrderView.of(order, orders.timeline(id));
        });
    }
}
