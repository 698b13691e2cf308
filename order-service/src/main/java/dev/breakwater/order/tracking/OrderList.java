package dev.breakwater.order.tracking;

import dev.breakwater.order.saga.Orders;
import dev.breakwater.order.saga.Orders.Place;
import dev.breakwater.platform.web.page.Cursor;
import dev.breakwater.platform.web.page.Page;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A customer's own orders, newest first: those in the ledger and those that wait to be written into it. */
@Component
class OrderList {

    private static final Comparator<OrderView> NEWEST_FIRST = Comparator.comparing(OrderView::createdAt)
            .thenComparing(OrderView::id, (a, b) -> a.toString().compareTo(b.toString()))
            .reversed();

    /** Before everything that there can be. */
    private static final Place BEGINNING = new Place(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1));

    private final Orders orders;
    private final WaitingOrders waiting;

    OrderList(Orders orders, WaitingOrders waiting) {
        this.orders = orders;
        this.waiting = waiting;
    }

    Page<OrderView> page(String customer, @Nullable String cursor, int atMost) {
        var after = cursor == null ? BEGINNING : place(cursor);
        var found = new LinkedHashMap<UUID, OrderView>();
        // Before the ledger is read: what leaves the queue meanwhile is found there.
        waiting.ofCustomer(customer).stream()
                .filter(order -> isAfter(order, after))
                .forEach(order -> found.put(order.id(), order));
        orders.ofCustomer(customer, after, atMost + 1).forEach(order -> found.put(order.id(), OrderView.of(order)));
        var newest =
                found.values().stream().sorted(NEWEST_FIRST).limit(atMost + 1L).toList();
        return Page.of(newest, atMost, (OrderView order) -> order.createdAt() + " " + order.id());
    }

    private static boolean isAfter(OrderView order, Place place) {
        var time = order.createdAt().compareTo(place.createdAt());
        return time < 0
                || time == 0 && order.id().toString().compareTo(place.id().toString()) < 0;
    }

    private static Place place(String cursor) {
        var parts = Cursor.decode(cursor).split(" ", -1);
        try {
            if (parts.length == 2) {
                var place = new Place(Instant.parse(parts[0]), UUID.fromString(parts[1]));
                if (place.createdAt().isAfter(Instant.EPOCH)
                        && place.createdAt().isBefore(BEGINNING.createdAt())) {
                    return place;
                }
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Cursor.invalid();
        }
        throw Cursor.invalid();
    }
}
