package dev.breakwater.order.saga;

import dev.breakwater.order.saga.Orders.Milestone;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.DatabaseTime;
import dev.breakwater.platform.persistence.MultiRowInsert;
import java.util.Collection;
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

    void insert(Collection<Map.Entry<UUID, Milestone>> milestones) {
        ROWS.insert(
                jdbc,
                milestones,
                (row, entry) -> row.uuid(entry.getKey())
                        .text(entry.getValue().status().name())
                        .text(DatabaseTime.of(entry.getValue().at())));
    }
}
