package dev.breakwater.order.saga;

import static java.sql.Types.BIGINT;
import static java.sql.Types.VARBINARY;
import static java.sql.Types.VARCHAR;

import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.DatabaseTime;
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

    private static final String COLUMNS = """
            id, customer, status, state, reason, total_minor, currency, payment_type, payment_token,
            created_at, confirmed_at, due_at
            """;

    /** Named, because for a null of unknown type the driver is asked, row by row, and answers with an exception. */
    private static final int[] COLUMN_TYPES = {
        VARBINARY, VARCHAR, VARCHAR, VARCHAR, VARCHAR, BIGINT, VARCHAR, VARCHAR, VARCHAR, VARCHAR, VARCHAR, VARCHAR
    };

    private static final int[] STEP_TYPES = {VARCHAR, VARCHAR, VARCHAR, VARCHAR, VARCHAR, VARBINARY};

    private final JdbcTemplate jdbc;

    Orders(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** One entry of an order's timeline. */
    public record Milestone(OrderStatus status, Instant at) {}

    /** Three statements, however many orders there are. */
    void insert(Collection<Order> orders) {
        jdbc.batchUpdate(
                "INSERT INTO orders (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                orders.stream().map(Orders::columns).toList(),
                COLUMN_TYPES);
        jdbc.batchUpdate(
                "INSERT INTO order_items (order_id, line, sku, quantity, unit_price_minor) VALUES (?, ?, ?, ?, ?)",
                orders.stream().flatMap(Orders::itemRows).toList());
        insertMilestones(orders.stream()
                .map(order -> Map.entry(order.id(), new Milestone(order.status(), order.createdAt())))
                .toList());
    }

    private static @Nullable Object[] columns(Order order) {
        return new @Nullable Object[] {
            BinaryUuid.toBytes(order.id()),
            order.customer(),
            order.status().name(),
            order.state().name(),
            name(order.reason()),
            order.totalMinor(),
            order.currency(),
            order.paymentMethod().type(),
            order.paymentMethod().token(),
            DatabaseTime.of(order.createdAt()),
            timestamp(order.confirmedAt()),
            timestamp(order.dueAt())
        };
    }

    private static Stream<Object[]> itemRows(Order order) {
        var id = BinaryUuid.toBytes(order.id());
        return IntStream.range(0, order.items().size()).mapToObj(line -> {
            var item = order.items().get(line);
            return new Object[] {id, line, item.sku(), item.quantity(), item.unitPriceMinor()};
        });
    }

    /** The order, as of the last commit. */
    public List<Order> find(Collection<UUID> ids) {
        return read("WHERE id IN (" + marks(ids.size()) + ")", binary(ids));
    }

    /**
     * Locks orders in the order of their ids, so that two batches with the same ones wait for each other instead of
     * deadlocking. Without their items, which only an order's first command tells. Walks the primary key.
     */
    Map<UUID, Order> lock(Collection<UUID> ids) {
        var sorted = ids.stream().distinct().sorted(Orders::compareAsBytes).toList();
        var locked =
                readWithoutItems("WHERE id IN (" + marks(sorted.size()) + ") ORDER BY id FOR UPDATE", binary(sorted));
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

    /** A customer's orders, newest first, after a given one. Walks {@code by_customer}. */
    public List<Order> ofCustomer(String customer, @Nullable UUID before, int atMost) {
        return before == null
                ? read("WHERE customer = ? ORDER BY id DESC LIMIT ?", customer, atMost)
                : read(
                        "WHERE customer = ? AND id < ? ORDER BY id DESC LIMIT ?",
                        customer,
                        BinaryUuid.toBytes(before),
                        atMost);
    }

    public List<Milestone> timeline(UUID id) {
        return jdbc.query(
                """
                SELECT status, at
                  FROM order_timeline
                 WHERE order_id = ?
                 ORDER BY at, FIELD(status, 'PENDING', 'RESERVED', 'CONFIRMED', 'REJECTED', 'CANCELLED')
                """,
                (row, n) -> new Milestone(
                        OrderStatus.valueOf(row.getString("status")),
                        row.getTimestamp("at").toInstant()),
                (Object) BinaryUuid.toBytes(id));
    }

    void update(Collection<Order> orders) {
        jdbc.batchUpdate(
                """
                UPDATE orders
                   SET status = ?, state = ?, reason = ?, confirmed_at = ?, due_at = ?
                 WHERE id = ?
                """,
                orders.stream()
                        .map(order -> new @Nullable Object[] {
                            order.status().name(),
                            order.state().name(),
                            name(order.reason()),
                            timestamp(order.confirmedAt()),
                            timestamp(order.dueAt()),
                            BinaryUuid.toBytes(order.id())
                        })
                        .toList(),
                STEP_TYPES);
    }

    void insertMilestones(Collection<Map.Entry<UUID, Milestone>> milestones) {
        jdbc.batchUpdate(
                "INSERT INTO order_timeline (order_id, status, at) VALUES (?, ?, ?)",
                milestones.stream()
                        .map(entry -> new Object[] {
                            BinaryUuid.toBytes(entry.getKey()),
                            entry.getValue().status().name(),
                            DatabaseTime.of(entry.getValue().at())
                        })
                        .toList());
    }

    private List<Order> readWithoutItems(String rest, Object... parameters) {
        return jdbc.query("SELECT " + COLUMNS + " FROM orders " + rest, Orders::order, parameters);
    }

    private List<Order> read(String rest, Object... parameters) {
        var withoutItems = readWithoutItems(rest, parameters);
        if (withoutItems.isEmpty()) {
            return withoutItems;
        }
        var items = new LinkedHashMap<UUID, List<OrderItem>>();
        var ids = withoutItems.stream().map(Order::id).toList();
        jdbc.query(
                """
                SELECT order_id, sku, quantity, unit_price_minor
                  FROM order_items
                 WHERE order_id IN (%s)
                 ORDER BY order_id, line
                """.formatted(marks(ids.size())),
                row -> {
                    items.computeIfAbsent(BinaryUuid.fromBytes(row.getBytes("order_id")), id -> new ArrayList<>())
                            .add(new OrderItem(
                                    row.getString("sku"), row.getInt("quantity"), row.getLong("unit_price_minor")));
                },
                binary(ids));
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

    private static int compareAsBytes(UUID a, UUID b) {
        return java.util.Arrays.compareUnsigned(BinaryUuid.toBytes(a), BinaryUuid.toBytes(b));
    }

    private static Object[] binary(Collection<UUID> ids) {
        return ids.stream().map(BinaryUuid::toBytes).toArray();
    }

    private static String marks(int count) {
        return String.join(", ", java.util.Collections.nCopies(count, "?"));
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
