package dev.breakwater.order.tracking;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.breakwater.order.saga.Order;
import dev.breakwater.order.saga.OrderItem;
import dev.breakwater.order.saga.OrderStatus;
import dev.breakwater.order.saga.Orders.Milestone;
import dev.breakwater.order.saga.Reason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as its customer sees it.
 *
 * @param reason why it ended otherwise than confirmed; absent before
 * @param timeline absent in lists and in the answer to a placement
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderView(
        UUID id,
        OrderStatus status,
        @Nullable Reason reason,
        List<OrderItem> items,
        long totalMinor,
        String currency,
        Instant createdAt,
        @Nullable List<Milestone> timeline) {

    public static OrderView of(Order order) {
        return of(order, null);
    }

    static OrderView of(Order order, @Nullable List<Milestone> timeline) {
        return new OrderView(
                order.id(),
                order.status(),
                reason(order),
                order.items(),
                order.totalMinor(),
                order.currency(),
                order.createdAt(),
                timeline);
    }

    /** While an order is on its way back, the reason is known inside already; it is told with the end. */
    private static @Nullable Reason reason(Order order) {
        return switch (order.status()) {
            case PENDING, RESERVED, CONFIRMED -> null;
            case REJECTED, CANCELLED -> order.reason();
        };
    }
}
