package dev.breakwater.order.flashsale;

import dev.breakwater.order.tracking.OrderView;
import dev.breakwater.platform.remote.CallDeadline;
import dev.breakwater.platform.web.IdempotencyKey;
import dev.breakwater.platform.web.exchange.RequestDeadline;
import jakarta.validation.Valid;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A flash sale as its customers meet it. */
@RestController
@RequestMapping("/api/v1/flash-sales/{id}")
class FlashSaleController {

    /** Less than the time limit of the gateway's route. */
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final Buying buying;
    private final Showing showing;

    FlashSaleController(Buying buying, Showing showing) {
        this.buying = buying;
        this.showing = showing;
    }

    /** Also answers HEAD. */
    @GetMapping
    ResponseEntity<FlashSaleView> read(@PathVariable UUID id) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(showing.show(id));
    }

    /** 202 is a promise: the order is durable and will reach a final status. */
    @PostMapping("/orders")
    ResponseEntity<OrderView> buy(
            Principal caller,
            @PathVariable UUID id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = RequestDeadline.HEADER, required = false) @Nullable String deadline,
            @Valid @RequestBody BuyInSale request) {
        var bought = buying.buy(
                caller.getName(),
                id,
                IdempotencyKey.parse(key),
                request,
                CallDeadline.in(RequestDeadline.left(deadline, LONGEST)));
        var answer = ResponseEntity.accepted()
                .location(URI.create("/api/v1/orders/" + bought.order().id()));
        if (bought.replayed()) {
            answer.header("Idempotent-Replayed", "true");
        }
        return answer.body(bought.order());
    }
}
