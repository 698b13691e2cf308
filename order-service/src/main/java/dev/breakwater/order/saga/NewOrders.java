package dev.breakwater.order.saga;

import dev.breakwater.order.saga.SagaSteps.Begun;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
     * @param sale where it was admitted; null for an order at the product's own price
     * @param traceparent the trace it belongs to; null for the current one
     */
    public record NewOrder(
            UUID id,
            String customer,
            List<OrderItem> items,
            String currency,
            PaymentMethod paymentMethod,
            @Nullable Admitted sale,
            @Nullable String traceparent) {

        public NewOrder(
                UUID id,
                String customer,
                List<OrderItem> items,
                String currency,
                PaymentMethod paymentMethod,
                @Nullable String traceparent) {
            this(id, customer, items, currency, paymentMethod, null, traceparent);
        }

        long totalMinor() {
            return items.stream()
                    .mapToLong(item -> Math.multiplyExact(item.unitPriceMinor(), item.quantity()))
                    .reduce(0, Math::addExact);
        }
    }

    /** By which flash sale an order was let in, and when: that is when its customer placed it. */
    public record Admitted(UUID saleId, Instant at) {}

    /** Writes new orders within the current transaction, and returns them; their sagas start when that commits. */
    public List<Order> begin(List<NewOrder> wanted) {
        var begun = wanted.stream().map(this::begun).toList();
        steps.begin(begun);
        return begun.stream().map(Begun::order).toList();
    }

    /** Writes orders that are more than their customers may buy in a flash sale: they end as they begin. */
    public void beginOverLimit(List<NewOrder> wanted) {
        steps.beginAndEnd(wanted.stream().map(this::begun).toList(), Trigger.LIMIT_EXCEEDED);
    }

    private Begun begun(NewOrder wanted) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var sale = wanted.sale();
        var order = new Order(
                wanted.id(),
                wanted.customer(),
                wanted.items(),
                wanted.totalMinor(),
                wanted.currency(),
                wanted.paymentMethod(),
                sale == null ? now : sale.at(),
                OrderStatus.PENDING,
                SagaState.RESERVING,
                null,
                null,
                now.plus(properties.reserveWithin()));
        return new Begun(order, sale == null ? null : sale.saleId(), wanted.traceparent());
    }
}
