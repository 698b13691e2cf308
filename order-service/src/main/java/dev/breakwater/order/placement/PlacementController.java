package dev.breakwater.order.placement;

import dev.breakwater.order.tracking.OrderView;
import dev.breakwater.platform.web.IdempotencyKey;
import dev.breakwater.platform.web.exchange.RequestDeadline;
import jakarta.validation.Valid;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PlacementController {

    /** Longer than anything here takes: what ends a placement is its own limits. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Placement placement;

    PlacementController(Placement placement) {
        this.placement = placement;
    }

    /** 202 is a promise: the order is durable and will reach a final status. */
    @PostMapping("/api/v1/orders")
    ResponseEntity<OrderView> place(
            Principal caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = RequestDeadline.HEADER, required = false) @Nullable String deadline,
            @Valid @RequestBody PlaceOrder request) {
        var placed = placement.place(
                caller.getName(),
                IdempotencyKey.parse(key),
                request.checked(),
                RequestDeadline.left(deadline, LONGEST));
        var answer = ResponseEntity.accepted()
                .location(URI.create("/api/v1/orders/" + placed.order().id()));
        if (placed.replayed()) {
            answer.header("Idempotent-Replayed", "true");
        }
        return answer.body(OrderView.of(placed.order()));
    }
}
