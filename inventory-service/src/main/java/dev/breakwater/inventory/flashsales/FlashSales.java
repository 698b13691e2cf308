package dev.breakwater.inventory.flashsales;

import dev.breakwater.inventory.flashsales.FlashSale.Standing;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.DatabaseTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** All flash sales. */
@Repository
class FlashSales {

    private static final String SELECT = """
            SELECT id, sku, price_minor, currency, quantity, per_customer_limit, starts_at, ends_at, remaining, closed,
                   NOW(6) AS now
              FROM flash_sales
            """;

    private final JdbcTemplate jdbc;

    FlashSales(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The time that sales open and end by, the same for every instance. */
    Instant now() {
        return Objects.requireNonNull(jdbc.queryForObject(
                "SELECT NOW(6) AS now", (row, n) -> row.getTimestamp("now").toInstant()));
    }

    void insert(FlashSale sale) {
        jdbc.update(
                """
                INSERT INTO flash_sales (id, sku, price_minor, currency, quantity, per_customer_limit, starts_at,
                                         ends_at, remaining, returned, closed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, FALSE)
                """,
                BinaryUuid.toBytes(sale.id()),
                sale.sku().value(),
                sale.priceMinor(),
                sale.currency(),
                sale.quantity(),
                sale.perCustomerLimit(),
                DatabaseTime.of(sale.startsAt()),
                DatabaseTime.of(sale.endsAt()),
                sale.quantity());
    }

    /** Walks the primary key. */
    Optional<Standing> find(UUID id) {
        return jdbc.query(SELECT + " WHERE id = ?", FlashSales::standing, (Object) BinaryUuid.toBytes(id)).stream()
                .findFirst();
    }

    private static Standing standing(ResultSet row, int n) throws SQLException {
        var sale = new FlashSale(
                BinaryUuid.fromBytes(row.getBytes("id")),
                new Sku(row.getString("sku")),
                row.getLong("price_minor"),
                row.getString("currency"),
                row.getLong("quantity"),
                row.getLong("per_customer_limit"),
                row.getTimestamp("starts_at").toInstant(),
                row.getTimestamp("ends_at").toInstant());
        return new Standing(
                sale,
                row.getLong("remaining"),
                row.getBoolean("closed"),
                row.getTimestamp("now").toInstant());
    }
}
