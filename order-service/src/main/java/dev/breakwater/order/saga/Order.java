package dev.breakwater.order.saga;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as the ledger has it.
 *
 * @param dueAt when the step it is in is given up; null for a step that is settled however long it takes
 * @param confirmedAt when it became {@link OrderStatus#CONFIRMED}
 */
public record Order(
        UUID id,
        String customer,
        List<OrderItem> items,
        long totalMinor,
        String currency,
        PaymentMethod paymentMethod,
        Instant createdAt,
        OrderStatus status,
        SagaState state,
        @Nullable Reason reason,
        @Nullable Instant confirmedAt,
        @Nullable Instant dueAt) {

    Order with(List<OrderItem> otherItems) {
        return new Order(
                id,
                customer,
                otherItems,
                totalMinor,
                currency,
                paymentMethod,
                createdAt,
                status,
                state,
                reason,
                confirmedAt,
                dueAt);
    }

    /** The order after a step, at that moment. */
    Order after(Step step, Instant at, @Nullable Instant due) {
        var announced = step.next().announces();
        return new Order(
                id,
                customer,
                items,
                totalMinor,
                currency,
                paymentMethod,
                createdAt,
                announced == null ? status : announced,
                step.next(),
                step.reasonAfter(reason),
                announced == OrderStatus.CONFIRMED && status != OrderStatus.CONFIRMED ? at : confirmedAt,
                due);
    }
}
