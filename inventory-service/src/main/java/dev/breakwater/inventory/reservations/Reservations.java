package dev.breakwater.inventory.reservations;

import dev.breakwater.inventory.reservations.StockCommand.Line;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.DatabaseTime;
import dev.breakwater.platform.persistence.Literals;
import dev.breakwater.platform.persistence.MultiRowInsert;
import dev.breakwater.platform.persistence.OneMessage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** All reservations, one an order. */
@Component
class Reservations {

    private static final MultiRowInsert HEADS = MultiRowInsert.into(
            "reservations", "order_id", "status", "missing_sku", "sale_id", "created_at", "updated_at");
    private static final MultiRowInsert LINES = MultiRowInsert.into("reservation_lines", "order_id", "sku", "quantity");

    private final JdbcTemplate jdbc;
    private final Clock clock;

    Reservations(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Row(
            UUID orderId,
            String status,
            @Nullable String missing,
            @Nullable UUID saleId) {}

    /** Locks the reservations of those orders that have one until the current transaction ends. */
    Map<UUID, Reservation> lock(Collection<UUID> orderIds) {
        // Walks the primary key, in the order that everybody locks in.
        var query = new Literals()
                .sql("""
                        SELECT order_id, status, missing_sku, sale_id
                          FROM reservations FORCE INDEX (PRIMARY)
                         WHERE order_id IN (""")
                .uuids(orderIds.stream().distinct().sorted(BinaryUuid.ORDER).toList())
                .sql(") ORDER BY order_id FOR UPDATE");
        var rows = jdbc.query(
                query.toString(),
                (row, n) -> new Row(
                        BinaryUuid.fromBytes(row.getBytes("order_id")),
                        row.getString("status"),
                        row.getString("missing_sku"),
                        saleId(row.getBytes("sale_id"))));
        var lines = lines(rows.stream()
                .filter(row -> row.status().equals("RESERVED") || row.status().equals("COMMITTED"))
                .map(Row::orderId)
                .toList());
        var known = new HashMap<UUID, Reservation>();
        rows.forEach(row -> known.put(row.orderId(), reservation(row, lines.getOrDefault(row.orderId(), List.of()))));
        return known;
    }

    /**
     * @param before the orders that had a reservation when they were locked
     * @throws DuplicateKeyException when another transaction was first with an order
     */
    void write(Collection<Reservation> changed, Set<UUID> before) {
        var now = DatabaseTime.of(clock.instant());
        var created = changed.stream()
                .filter(reservation -> !before.contains(reservation.orderId()))
                .toList();
        HEADS.insert(
                jdbc,
                created,
                (row, reservation) -> row.uuid(reservation.orderId())
                        .text(status(reservation))
                        .text(
                                reservation instanceof Reservation.Rejected rejected
                                        ? rejected.missing().value()
                                        : null)
                        .uuid(saleId(reservation))
                        .text(now)
                        .text(now));
        LINES.insert(
                jdbc,
                created.stream()
                        .flatMap(reservation ->
                                heldLines(reservation).stream().map(line -> Map.entry(reservation.orderId(), line)))
                        .toList(),
                (row, line) -> row.uuid(line.getKey())
                        .text(line.getValue().sku().value())
                        .number(line.getValue().quantity()));
        changed.stream()
                .filter(reservation -> before.contains(reservation.orderId()))
                .collect(Collectors.groupingBy(Reservations::status))
                .forEach((status, reservations) -> update(status, now, reservations));
    }

    private void update(String status, String now, List<Reservation> reservations) {
        // Walks the primary key, over rows that are locked already.
        OneMessage.execute(
                jdbc,
                new Literals()
                        .sql("UPDATE reservations FORCE INDEX (PRIMARY) SET status = ")
                        .text(status)
                        .sql(", updated_at = ")
                        .text(now)
                        .sql(" WHERE order_id IN (")
                        .uuids(reservations.stream().map(Reservation::orderId).toList())
                        .sql(")"));
    }

    private Map<UUID, List<Line>> lines(List<UUID> orderIds) {
        var lines = new HashMap<UUID, List<Line>>();
        if (!orderIds.isEmpty()) {
            // Walks the primary key; the reservations' locks keep it still.
            var query = new Literals().sql("""
                            SELECT order_id, sku, quantity
                              FROM reservation_lines FORCE INDEX (PRIMARY)
                             WHERE order_id IN (""").uuids(orderIds).sql(") ORDER BY order_id, sku");
            jdbc.query(query.toString(), row -> {
                lines.computeIfAbsent(BinaryUuid.fromBytes(row.getBytes("order_id")), id -> new ArrayList<>())
                        .add(new Line(new Sku(row.getString("sku")), row.getInt("quantity")));
            });
        }
        return lines;
    }

    private static List<Line> heldLines(Reservation reservation) {
        return switch (reservation) {
            case Reservation.Reserved reserved -> reserved.lines();
            case Reservation.Committed committed -> committed.lines();
            case Reservation.Rejected rejected -> List.of();
            case Reservation.Released released -> List.of();
        };
    }

    private static Reservation reservation(Row row, List<Line> lines) {
        return switch (row.status()) {
            case "RESERVED" -> new Reservation.Reserved(row.orderId(), lines, row.saleId());
            case "COMMITTED" -> new Reservation.Committed(row.orderId(), lines, row.saleId());
            case "REJECTED" -> new Reservation.Rejected(row.orderId(), new Sku(String.valueOf(row.missing())));
            case "RELEASED" -> new Reservation.Released(row.orderId());
            default -> throw new IllegalStateException("unknown status of a reservation: " + row.status());
        };
    }

    private static String status(Reservation reservation) {
        return switch (reservation) {
            case Reservation.Reserved r -> "RESERVED";
            case Reservation.Committed c -> "COMMITTED";
            case Reservation.Rejected r -> "REJECTED";
            case Reservation.Released r -> "RELEASED";
        };
    }

    private static @Nullable UUID saleId(Reservation reservation) {
        return switch (reservation) {
            case Reservation.Reserved reserved -> reserved.saleId();
            case Reservation.Committed committed -> committed.saleId();
            case Reservation.Rejected rejected -> null;
            case Reservation.Released released -> null;
        };
    }

    private static @Nullable UUID saleId(byte @Nullable [] bytes) {
        return bytes == null ? null : BinaryUuid.fromBytes(bytes);
    }
}
