package dev.breakwater.order.saga;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a transaction's changes mean for the counters that the audit reads. */
public final class OrderFigures {

    public static final String ACCEPTED = "accepted";
    public static final String IN_FLIGHT = "in_flight";
    public static final String CONFIRMED_MINOR = "confirmed_minor";

    private final Map<String, Long> deltas = new HashMap<>();

    OrderFigures() {}

    /** The counter of orders that have a status. */
    public static String of(OrderStatus status) {
        return "status." + status.name();
    }

    /** @param before the order before the change, null if it is new */
    void changed(@Nullable Order before, Order after) {
        if (before == null) {
            add(ACCEPTED, 1);
        } else {
            count(before, -1);
        }
        count(after, 1);
    }

    Map<String, Long> deltas() {
        return deltas;
    }

    private void count(Order order, long sign) {
        add(of(order.status()), sign);
        if (order.state().isInFlight()) {
            add(IN_FLIGHT, sign);
        }
        if (order.status() == OrderStatus.CONFIRMED) {
            add(CONFIRMED_MINOR, sign * order.totalMinor());
        }
    }

    private void add(String name, long delta) {
        deltas.merge(name, delta, Long::sum);
    }
}
