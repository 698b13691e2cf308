package dev.breakwater.order.saga;

import dev.breakwater.order.saga.Orders.Milestone;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.DatabaseTime;
import dev.breakwater.platform.persistence.Literals;
import dev.breakwater.platform.persistence.MultiRowInsert;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** When orders got their statuses. */
final class Timelines {

    private static final MultiRowInsert ROWS = MultiRowInsert.into("order_timeline", "order_id", "status", "at");

    private final JdbcTemplate jdbc;

    Timelines(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Walks the primary key. */
    List<Milestone> of(UUID orderId) {
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
                (Object) BinaryUuid.toBytes(orderId));
    }

    /** Those of several orders, each with its reason. Walks the primary keys. */
    Map<UUID, History> of(Collection<UUID> orderIds) {
        var query = new Literals().sql("""
                        SELECT t.order_id, t.status, t.at, o.reason
                          FROM order_timeline t FORCE INDEX (PRIMARY)
                          JOIN orders o ON o.id = t.order_id
                         WHERE t.order_id IN (""").uuids(orderIds).sql(")");
        var histories = new HashMap<UUID, History>();
        jdbc.query(query.toString(), row -> {
            var reason = row.getString("reason");
            var passed = new History(
                    List.of(new Milestone(
                            OrderStatus.valueOf(row.getString("status")),
                            row.getTimestamp("at").toInstant())),
                    reason == null ? null : Reason.valueOf(reason));
            histories.merge(BinaryUuid.fromBytes(row.getBytes("order_id")), passed, History::with);
        });
        return histories;
    }

    void insert(Collection<Map.Entry<UUID, Milestone>> milestones) {
        ROWS.insert(
                jdbc,
                milestones,
                (row, entry) -> row.uuid(entry.getKey())
                        .text(entry.getValue().status().name())
                        .text(DatabaseTime.of(entry.getValue().at())));
    }
}
