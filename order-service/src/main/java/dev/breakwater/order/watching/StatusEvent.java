package dev.breakwater.order.watching;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.breakwater.order.saga.History;
import dev.breakwater.order.saga.OrderStatus;
import dev.breakwater.order.saga.Orders.Milestone;
import dev.breakwater.order.saga.Reason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/**
 * One step of an order, as it is told.
 *
 * @param reason why it ended otherwise than confirmed; absent before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusEvent(
        UUID orderId,
        OrderStatus status,
        Instant at,
        @Nullable Reason reason) {

    /** Those steps of the order that come after one. */
    static List<StatusEvent> after(int step, UUID orderId, History history) {
        return history.milestones().stream()
                .filter(milestone -> milestone.status().step() > step)
                .map(milestone -> of(orderId, milestone, history.reason()))
                .toList();
    }

    private static StatusEvent of(UUID orderId, Milestone milestone, @Nullable Reason reason) {
        return switch (milestone.status()) {
            case PENDING, RESERVED, CONFIRMED -> new StatusEvent(orderId, milestone.status(), milestone.at(), null);
            case REJECTED, CANCELLED -> new StatusEvent(orderId, milestone.status(), milestone.at(), reason);
        };
    }

    /** The step is the event's id: it means the same in every instance. */
    int step() {
        return status.step();
    }

    SseEventBuilder toSend() {
        return SseEmitter.event().id(Integer.toString(step())).name("status").data(this, MediaType.APPLICATION_JSON);
    }
}
