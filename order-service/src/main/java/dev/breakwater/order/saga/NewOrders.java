package dev.breakwater.order.saga;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where orders begin: written with their first commands, in one transaction with whatever the caller writes beside
 * them.
 */
@Component
public class NewOrders {

    private final SagaSteps steps;
    private final SagaProperties properties;
    private final Clock clock;

    NewOrders(SagaSteps steps, SagaProperties properties, Clock clock) {
        this.steps = steps;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * What a customer wants to buy, priced.
     *
     * @param traceparent the trace it belongs to; null for the current one
     */
    public record NewOrder(
            UUID id,
            String customer,
            List<OrderItem> items,
            String currency,
            PaymentMethod paymentMethod,
            @Nullable String traceparent) {

        long totalMinor() {
            return items.stream()
                    .mapToLong(item -> Math.multiplyExact(item.unitPriceMinor(), item.quantity()))
                    .reduce(0, Math::addExact);
        }
    }

    /** Writes new orders within the current transaction, and returns them; their sagas start when that commits. */
    public List<Order> begin(List<NewOrder> wanted) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var begun = new LinkedHashMap<Order, @Nullable String>();
        for (var each : wanted) {
            var order = new Order(
                    each.id(),
                    each.customer(),
                    each.items(),
                    each.totalMinor(),
                    each.currency(),
                    each.paymentMethod(),
                    now,
                    OrderStatus.PENDING,
                    SagaState.RESERVING,
                    null,
                    null,
                    now.plus(properties.reserveWithin()));
            begun.put(order, each.traceparent());
        }
        steps.begin(begun);
        return List.copyOf(begun.keySet());
    }
}
