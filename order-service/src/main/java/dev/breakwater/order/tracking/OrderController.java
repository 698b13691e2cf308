package dev.breakwater.order.tracking;

import dev.breakwater.order.saga.Cancellation;
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

    private final OrderList list;
    private final OwnOrder ownOrder;
    private final Cancellation cancellation;

    OrderController(OrderList list, OwnOrder ownOrder, Cancellation cancellation) {
        this.list = list;
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
        return list.page(caller.getName(), cursor, PageLimit.parse(limit));
    }

    @PostMapping("/api/v1/orders/{id}/cancel")
    ResponseEntity<OrderView> cancel(Principal caller, @PathVariable UUID id) {
        ownOrder.requireWritten(caller.getName(), id);
        return ResponseEntity.accepted().body(OrderView.of(cancellation.request(id, caller.getName())));
    }
}
