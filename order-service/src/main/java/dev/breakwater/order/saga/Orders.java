package dev.breakwater.order.saga;

import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.DatabaseTime;
import dev.breakwater.platform.persistence.Literals;
import dev.breakwater.platform.persistence.MultiRowInsert;
import dev.breakwater.platform.persistence.OneMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The order ledger's rows. */
@Repository
public class Orders {

    private static final String[] COLUMNS = {
        "id",
        "customer",
        "status",
        "state",
        "reason",
        "total_minor",
        "currency",
        "payment_type",
        "payment_token",
        "created_at",
        "confirmed_at",
        "due_at"
    };

    private static final String SELECT = "SELECT " + String.join(", ", COLUMNS) + " FROM orders ";
    private static final MultiRowInsert ORDERS = MultiRowInsert.into("orders", COLUMNS);
    private static final MultiRowInsert ITEMS =
            MultiRowInsert.into("order_items", "order_id", "line", "sku", "quantity", "unit_price_minor");

    private final JdbcTemplate jdbc;
    private final Timelines timelines;

    Orders(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        timelines = new Timelines(jdbc);
    }

    /** One entry of an order's timeline. */
    public record Milestone(OrderStatus status, Instant at) {}

    /** Three statements, however many orders there are. */
    void insert(Collection<Order> orders) {
        ORDERS.insert(
                jdbc,
                orders,
                (row, order) -> row.uuid(order.id())
                        .text(order.customer())
                        .text(order.status().name())
                        .text(order.state().name())
                        .text(name(order.reason()))
                        .number(order.totalMinor())
                        .text(order.currency())
                        .text(order.paymentMethod().type())
                        .text(order.paymentMethod().token())
                        .text(DatabaseTime.of(order.createdAt()))
                        .text(timestamp(order.confirmedAt()))
                        .text(timestamp(order.dueAt())));
        ITEMS.insert(
                jdbc,
                orders.stream().flatMap(Orders::lines).toList(),
                (row, line) -> row.uuid(line.order())
                        .number(line.number())
                        .text(line.item().sku())
                        .number(line.item().quantity())
                        .number(line.item().unitPriceMinor()));
        insertMilestones(orders.stream()
                .map(order -> Map.entry(order.id(), new Milestone(order.status(), order.createdAt())))
                .toList());
    }

    private record OrderLine(UUID order, int number, OrderItem item) {}

    private static Stream<OrderLine> lines(Order order) {
        return IntStream.range(0, order.items().size())
                .mapToObj(n -> new OrderLine(order.id(), n, order.items().get(n)));
    }

    /** The order, as of the last commit. */
    public List<Order> find(Collection<UUID> ids) {
        return read("WHERE id IN (" + new Literals().uuids(ids) + ")");
    }

    /**
     * Locks orders in the order of their ids, so that two batches with the same ones wait for each other instead of
     * deadlocking. Without their items, which only an order's first command tells. Walks the primary key.
     */
    Map<UUID, Order> lock(Collection<UUID> ids) {
        var sorted = ids.stream().distinct().sorted(BinaryUuid.ORDER).toList();
        var locked = readWithoutItems("WHERE id IN (" + new Literals().uuids(sorted) + ") ORDER BY id FOR UPDATE");
        return locked.stream().collect(Collectors.toMap(Order::id, order -> order));
    }

    /**
     * Orders whose step is due to be given up; those that somebody else has locked are left to him. Walks
     * {@code by_due}.
     */
    List<UUID> lockDue(Instant now, int atMost) {
        return jdbc.query(
                "SELECT id FROM orders WHERE due_at <= ? ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED",
                (row, n) -> BinaryUuid.fromBytes(row.getBytes("id")),
                DatabaseTime.of(now),
                atMost);
    }

    /** Where an order stands in its customer's list. */
    public record Place(Instant createdAt, UUID id) {}

    /** A customer's orders, newest first, after a given place. Walks {@code by_customer_and_time}. */
    public List<Order> ofCustomer(String customer, Place after, int atMost) {
        var at = DatabaseTime.of(after.createdAt());
        return read("""
                WHERE customer = ? AND created_at <= ? AND (created_at < ? OR id < ?)
                ORDER BY created_at DESC, id DESC LIMIT ?
                """, customer, at, at, BinaryUuid.toBytes(after.id()), atMost);
    }

    public List<Milestone> timeline(UUID id) {
        return timelines.of(id);
    }

    /** What has become of those of these orders that are written. */
    public Map<UUID, History> histories(Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : timelines.of(ids);
    }

    /** One statement for all orders that took the same step, which are locked already. Walks the primary key. */
    void update(Collection<Order> orders) {
        orders.stream()
                .collect(Collectors.groupingBy(Standing::of))
                .forEach((standing, alike) -> OneMessage.execute(
                        jdbc,
                        new Literals()
                                .sql("UPDATE orders FORCE INDEX (PRIMARY) SET status = ")
                                .text(standing.status().name())
                                .sql(", state = ")
                                .text(standing.state().name())
                                .sql(", reason = ")
                                .text(name(standing.reason()))
                                .sql(", confirmed_at = ")
                                .text(timestamp(standing.confirmedAt()))
                                .sql(", due_at = ")
                                .text(timestamp(standing.dueAt()))
                                .sql(" WHERE id IN (")
                                .uuids(alike.stream().map(Order::id).toList())
                                .sql(")")));
    }

    /** What a step changes of an order. */
    private record Standing(
            OrderStatus status,
            SagaState state,
            @Nullable Reason reason,
            @Nullable Instant confirmedAt,
            @Nullable Instant dueAt) {

        static Standing of(Order order) {
            return new Standing(order.status(), order.state(), order.reason(), order.confirmedAt(), order.dueAt());
        }
    }

    void insertMilestones(Collection<Map.Entry<UUID, Milestone>> milestones) {
        timelines.insert(milestones);
    }

    private List<Order> readWithoutItems(String rest, Object... parameters) {
        var query = SELECT + rest;
        // Without parameters the driver need not look for them in a long list of keys.
        return parameters.length == 0 ? jdbc.query(query, Orders::order) : jdbc.query(query, Orders::order, parameters);
    }

    private List<Order> read(String rest, Object... parameters) {
        var withoutItems = readWithoutItems(rest, parameters);
        if (withoutItems.isEmpty()) {
            return withoutItems;
        }
        var items = new LinkedHashMap<UUID, List<OrderItem>>();
        // Walks the primary key.
        var query = new Literals()
                .sql("""
                        SELECT order_id, sku, quantity, unit_price_minor
                          FROM order_items FORCE INDEX (PRIMARY)
                         WHERE order_id IN (""")
                .uuids(withoutItems.stream().map(Order::id).toList())
                .sql(") ORDER BY order_id, line");
        jdbc.query(query.toString(), row -> {
            items.computeIfAbsent(BinaryUuid.fromBytes(row.getBytes("order_id")), id -> new ArrayList<>())
                    .add(new OrderItem(row.getString("sku"), row.getInt("quantity"), row.getLong("unit_price_minor")));
        });
        return withoutItems.stream()
                .map(order -> order.with(items.getOrDefault(order.id(), List.of())))
                .toList();
    }

    private static Order order(ResultSet row, int n) throws SQLException {
        var reason = row.getString("reason");
        return new Order(
                BinaryUuid.fromBytes(row.getBytes("id")),
                row.getString("customer"),
                List.of(),
                row.getLong("total_minor"),
                row.getString("currency"),
                new PaymentMethod(row.getString("payment_type"), row.getString("payment_token")),
                row.getTimestamp("created_at").toInstant(),
                OrderStatus.valueOf(row.getString("status")),
                SagaState.valueOf(row.getString("state")),
                reason == null ? null : Reason.valueOf(reason),
                instant(row.getTimestamp("confirmed_at")),
                instant(row.getTimestamp("due_at")));
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    private static @Nullable String timestamp(@Nullable Instant instant) {
        return instant == null ? null : DatabaseTime.of(instant);
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
