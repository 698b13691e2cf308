package dev.breakwater.order.saga;

import dev.breakwater.platform.messaging.Outbox;
import dev.breakwater.platform.messaging.Outgoing;
import dev.breakwater.platform.persistence.Figures;
import dev.breakwater.platform.persistence.OneMessage;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Moves orders through {@link OrderSaga}: any number of happenings in one transaction, each order's in their order. */
@Component
class SagaSteps {

    private static final Logger log = LoggerFactory.getLogger(SagaSteps.class);

    private final Orders orders;
    private final Outbox outbox;
    private final Figures figures;
    private final SagaProperties properties;
    private final Clock clock;
    private final MeterRegistry meters;
    private final EndedOrders ended;
    private final MovedOrders moved;

    SagaSteps(
            Orders orders,
            Outbox outbox,
            Figures figures,
            SagaProperties properties,
            Clock clock,
            MeterRegistry meters,
            EndedOrders ended,
            MovedOrders moved) {
        this.orders = orders;
        this.outbox = outbox;
        this.figures = figures;
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
        this.ended = ended;
        this.moved = moved;
    }

    /**
     * Something that happened to an order.
     *
     * @param traceparent the trace it belongs to; null for the current one
     */
    record Happening(
            UUID orderId, Trigger trigger, @Nullable String traceparent) {}

    /**
     * An order in its first state.
     *
     * @param saleId the flash sale whose stock it is to have; null for the product's
     * @param traceparent the trace it belongs to; null for the current one
     */
    record Begun(
            Order order, @Nullable UUID saleId, @Nullable String traceparent) {}

    /** New orders in their first state, with everything that goes with them. In the caller's transaction. */
    void begin(List<Begun> begun) {
        var commands = begun.stream()
                .map(each -> Command.reserveStock(each.order(), each.saleId()).inTrace(each.traceparent()))
                .toList();
        var changes = new OrderFigures();
        begun.forEach(each -> changes.changed(null, each.order()));
        OneMessage.together(() -> {
            orders.insert(begun.stream().map(Begun::order).toList());
            outbox.appendAll(commands);
            figures.add(changes.deltas());
        });
    }

    /** New orders that something ends before anything is asked for. In the caller's transaction. */
    void beginAndEnd(List<Begun> begun, Trigger end) {
        orders.insert(begun.stream().map(Begun::order).toList());
        var counted = new OrderFigures();
        begun.forEach(each -> counted.changed(null, each.order()));
        figures.add(counted.deltas());
        apply(begun.stream()
                .map(each -> new Happening(each.order().id(), end, each.traceparent()))
                .toList());
    }

    /** Applies what happened, in the caller's transaction, which holds the orders' locks until it ends. */
    void apply(List<Happening> happenings) {
        var before = orders.lock(happenings.stream().map(Happening::orderId).toList());
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var after = new LinkedHashMap<UUID, Order>();
        var milestones = new ArrayList<Map.Entry<UUID, Orders.Milestone>>();
        var commands = new ArrayList<Outgoing>();
        for (var happening : happenings) {
            var order = after.getOrDefault(happening.orderId(), before.get(happening.orderId()));
            if (order == null) {
                refused("UNKNOWN_ORDER", happening);
                continue;
            }
            var step = OrderSaga.step(order.state(), happening.trigger()).orElse(null);
            if (step == null) {
                refused(order.state().name(), happening);
                continue;
            }
            var moved = order.after(step, now, dueAt(order, step.next(), now));
            after.put(order.id(), moved);
            if (moved.status() != order.status()) {
                milestones.add(Map.entry(order.id(), new Orders.Milestone(moved.status(), now)));
            }
            for (var command : step.commands()) {
                commands.add(command.toMessage(moved).inTrace(happening.traceparent()));
            }
            meters.counter(
                            "saga.steps",
                            "from",
                            order.state().name(),
                            "trigger",
                            happening.trigger().name(),
                            "late",
                            Boolean.toString(step.late()))
                    .increment();
        }
        write(before, after, milestones, commands);
    }

    private void write(
            Map<UUID, Order> before,
            Map<UUID, Order> after,
            List<Map.Entry<UUID, Orders.Milestone>> milestones,
            List<Outgoing> commands) {
        var changed = new HashMap<UUID, Order>(after);
        changed.values().removeIf(order -> order.equals(before.get(order.id())));
        var changes = new OrderFigures();
        changed.values().forEach(order -> changes.changed(before.get(order.id()), order));
        OneMessage.together(() -> {
            orders.update(changed.values());
            orders.insertMilestones(milestones);
            ended.ended(
                    changed.values().stream().filter(SagaSteps::boughtNothing).toList());
            outbox.appendAll(commands);
            figures.add(changes.deltas());
        });
        moved.moved(milestones.stream().map(Map.Entry::getKey).toList());
    }

    private static boolean boughtNothing(Order order) {
        return order.status() == OrderStatus.REJECTED || order.status() == OrderStatus.CANCELLED;
    }

    private @Nullable Instant dueAt(Order order, SagaState next, Instant now) {
        if (!next.timesOut()) {
            return null;
        }
        if (next == order.state() || next == SagaState.CANCELLING_STOCK) {
            return order.dueAt();
        }
        return now.plus(next == SagaState.PAYING ? properties.payWithin() : properties.reserveWithin());
    }

    private void refused(String state, Happening happening) {
        log.warn("step refused order={} state={} trigger={}", happening.orderId(), state, happening.trigger());
        meters.counter(
                        "saga.refused",
                        "state",
                        state,
                        "trigger",
                        happening.trigger().name())
                .increment();
    }
}
