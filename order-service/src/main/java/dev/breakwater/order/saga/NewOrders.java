package dev.breakwater.order.saga;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Where orders begin: written with their first command, in one transaction with whatever the caller writes beside them.
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

    /** Writes a new order within the current transaction; its saga starts when that commits. */
    public Order begin(UUID id, String customer, List<OrderItem> items, String currency, PaymentMethod paymentMethod) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var total = items.stream()
                .mapToLong(item -> Math.multiplyExact(item.unitPriceMinor(), item.quantity()))
                .reduce(0, Math::addExact);
        var order = new Order(
                id,
                customer,
                items,
                total,
                currency,
                paymentMethod,
                now,
                OrderStatus.PENDING,
                SagaState.RESERVING,
                null,
                null,
                now.plus(properties.reserveWithin()));
        steps.begin(order);
        return order;
    }
}
