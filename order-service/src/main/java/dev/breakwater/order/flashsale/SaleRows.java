package dev.breakwater.order.flashsale;

import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.DatabaseTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The sales that all instances share. */
@Repository
class SaleRows {

    private static final String SELECT = """
            SELECT id, sku, price_minor, currency, quantity, per_customer_limit, starts_at, ends_at, epoch, closed
              FROM flash_sales
            """;

    private final JdbcTemplate jdbc;

    SaleRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A sale as the table has it.
     *
     * @param epoch what Redis must say to be believed
     * @param closed whether nobody is let in any more and its stock was told to go back
     */
    record Row(Sale sale, long epoch, boolean closed) {}

    /** What is there already stays as it is: terms never change. */
    void keep(List<Sale> sales) {
        jdbc.batchUpdate(
                """
                INSERT INTO flash_sales (id, sku, price_minor, currency, quantity, per_customer_limit, starts_at,
                                         ends_at, epoch, closed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, FALSE)
                ON DUPLICATE KEY UPDATE closed = closed
                """,
                sales.stream()
                        .map(sale -> new Object[] {
                            BinaryUuid.toBytes(sale.id()),
                            sale.sku(),
                            sale.priceMinor(),
                            sale.currency(),
                            sale.quantity(),
                            sale.perCustomerLimit(),
                            DatabaseTime.of(sale.startsAt()),
                            DatabaseTime.of(sale.endsAt())
                        })
                        .toList());
    }

    /** Walks the primary key. */
    Optional<Row> find(UUID id) {
        return jdbc.query(SELECT + " WHERE id = ?", SaleRows::row, (Object) BinaryUuid.toBytes(id)).stream()
                .findFirst();
    }

    /** Those that are not closed. Walks {@code by_end}. */
    List<Row> open() {
        return jdbc.query(
                SELECT.replace("FROM flash_sales", "FROM flash_sales FORCE INDEX (by_end)")
                        + " WHERE closed = FALSE ORDER BY ends_at",
                SaleRows::row);
    }

    /**
     * Begins a new epoch, for whoever may build it until then; empty when somebody else did or does.
     *
     * @param seen the epoch that is not to be believed any more
     */
    Optional<Long> nextEpoch(UUID id, long seen, Duration within) {
        var begun = jdbc.update("""
                UPDATE flash_sales
                   SET epoch = epoch + 1, build_until = NOW(6) + INTERVAL ? SECOND
                 WHERE id = ? AND epoch = ? AND closed = FALSE AND (build_until IS NULL OR build_until < NOW(6))
                """, within.toSeconds(), BinaryUuid.toBytes(id), seen);
        return begun == 1 ? Optional.of(seen + 1) : Optional.empty();
    }

    /** The next one may begin at once. */
    void built(UUID id, long epoch) {
        jdbc.update(
                "UPDATE flash_sales SET build_until = NULL WHERE id = ? AND epoch = ?", BinaryUuid.toBytes(id), epoch);
    }

    /** @return whether it was open until now; whoever closed it tells inventory, in the same transaction */
    boolean close(UUID id) {
        return jdbc.update("UPDATE flash_sales SET closed = TRUE WHERE id = ? AND closed = FALSE", (Object)
                        BinaryUuid.toBytes(id))
                == 1;
    }

    private static Row row(ResultSet row, int n) throws SQLException {
        var sale = new Sale(
                BinaryUuid.fromBytes(row.getBytes("id")),
                row.getString("sku"),
                row.getLong("price_minor"),
                row.getString("currency"),
                row.getLong("quantity"),
                row.getLong("per_customer_limit"),
                row.getTimestamp("starts_at").toInstant(),
                row.getTimestamp("ends_at").toInstant());
        return new Row(sale, row.getLong("epoch"), row.getBoolean("closed"));
    }
}
