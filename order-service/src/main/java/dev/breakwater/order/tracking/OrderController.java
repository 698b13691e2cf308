package dev.breakwater.order.tracking;

import dev.breakwater.order.saga.Cancellation;
import dev.breakwater.order.saga.Order;
import dev.breakwater.order.saga.Orders;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.web.page.Cursor;
import dev.breakwater.platform.web.page.Page;
import dev.breakwater.platform.web.page.PageLimit;
import dev.breakwater.platform.web.problem.ProblemException;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OrderController {

    private final Orders orders;
    private final Cancellation cancellation;
    private final Transactions transactions;

    OrderController(Orders orders, Cancellation cancellation, Transactions transactions) {
        this.orders = orders;
        this.cancellation = cancellation;
        this.transactions = transactions;
    }

    /** The order and its timeline as of one moment. Another customer's order is unknown. */
    @GetMapping("/api/v1/orders/{id}")
    OrderView order(Principal caller, @PathVariable UUID id) {
        return transactions.snapshot(() -> {
            var order = orders.find(List.of(id)).stream()
                    .filter(found -> found.customer().equals(caller.getName()))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.notFound("order_not_found", "You have no such order."));
            return OrderView.of(order, orders.timeline(id));
        });
    }

    @GetMapping("/api/v1/orders")
    Page<OrderView> own(
            Principal caller,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var atMost = PageLimit.parse(limit);
        var page = Page.of(
                orders.ofCustomer(caller.getName(), cursor == null ? null : after(cursor), atMost + 1),
                atMost,
                (Order order) -> order.id().toString());
        return new Page<>(page.items().stream().map(OrderView::of).toList(), page.nextCursor());
    }

    @PostMapping("/api/v1/orders/{id}/cancel")
    ResponseEntity<OrderView> cancel(Principal caller, @PathVariable UUID id) {
        return ResponseEntity.accepted().body(OrderView.of(cancellation.request(id, caller.getName())));
    }

    private static UUID after(String cursor) {
        try {
            return UUID.fromString(Cursor.decode(cursor));
        } catch (IllegalArgumentException e) {
            throw Cursor.invalid();
        }
    }
}
