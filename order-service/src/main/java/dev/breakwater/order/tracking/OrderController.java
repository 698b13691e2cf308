package dev.breakwater.order.tracking;

import dev.breakwater.order.saga.Cancellation;
import dev.breakwater.order.saga.Order;
import dev.breakwater.order.saga.Orders;
import dev.breakwater.platform.web.page.Cursor;
import dev.breakwater.platform.web.page.Page;
import dev.breakwater.platform.web.page.PageLimit;
import java.security.Principal;
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
    private final OwnOrder ownOrder;
    private final Cancellation cancellation;

    OrderController(Orders orders, OwnOrder ownOrder, Cancellation cancellation) {
        this.orders = orders;
        this.ownOrder = ownOrder;
        this.cancellation = cancellation;
    }

    @GetMapping("/api/v1/orders/{id}")
    OrderView order(Principal caller, @PathVariable UUID id) {
        return ownOrder.find(caller.getName(), id);
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
