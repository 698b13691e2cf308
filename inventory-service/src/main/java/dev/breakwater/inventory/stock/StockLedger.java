package dev.breakwater.inventory.stock;

import static java.sql.Types.BIGINT;
import static java.sql.Types.VARBINARY;
import static java.sql.Types.VARCHAR;

import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.DatabaseTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Balances and ledger in the database, always written together. A SKU's ledger is numbered under the lock of its
 * balance, so it is a chain without gaps whose sums are the balance.
 */
@Component
public class StockLedger {

    /** Named, because for a null of unknown type the driver is asked, row by row, and answers with an exception. */
    private static final int[] LEDGER_TYPES = {
        VARCHAR, BIGINT, VARCHAR, VARBINARY, VARCHAR, BIGINT, BIGINT, BIGINT, BIGINT, BIGINT, BIGINT, BIGINT, BIGINT,
        VARCHAR
    };

    private final JdbcTemplate jdbc;
    private final AvailabilityChanges availabilityChanges;
    private final StockProperties properties;
    private final Clock clock;

    StockLedger(JdbcTemplate jdbc, AvailabilityChanges availabilityChanges, StockProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.availabilityChanges = availabilityChanges;
        this.properties = properties;
        this.clock = clock;
    }

    /** Locks the balances of those SKUs that exist until the current transaction ends. */
    public LockedStock lock(Collection<Sku> skus) {
        if (skus.isEmpty()) {
            return new LockedStock(Collections.emptySortedMap());
        }
        var sorted = new TreeSet<>(skus);
        var rows = new TreeMap<Sku, LockedStock.Row>();
        // Walks the primary key, in the order that everybody locks in. Forced, because a scan, which the optimizer may
        // find cheaper for many SKUs of a small table, would wait for rows that are none of ours.
        jdbc.query(
                """
                SELECT sku, on_hand, reserved, set_aside, sold, ledger_seq, availability
                  FROM stock FORCE INDEX (PRIMARY)
                 WHERE sku IN (%s)
                 ORDER BY sku
                   FOR UPDATE
                """.formatted(String.join(", ", Collections.nCopies(sorted.size(), "?"))),
                row -> {
                    rows.put(
                            new Sku(row.getString("sku")),
                            new LockedStock.Row(
                                    balance(row),
                                    row.getLong("ledger_seq"),
                                    Availability.valueOf(row.getString("availability"))));
                },
                sorted.stream().map(Sku::value).toArray());
        return new LockedStock(rows);
    }

    /**
     * Writes what was moved: one update a SKU, the ledger's rows, and the announcement of classes that changed. The
     * figures are left to the caller, who adds them as the transaction's last step.
     */
    public void write(LockedStock stock) {
        update(stock.moved(properties.low()));
        insert(stock);
        var changed = stock.changedClasses(properties.low());
        if (!changed.isEmpty()) {
            availabilityChanges.announce(changed);
        }
    }

    /** Begins the stock of a new product, with nothing. */
    public void open(Sku sku) {
        jdbc.update("""
                INSERT INTO stock (sku, on_hand, reserved, set_aside, sold, ledger_seq, availability)
                VALUES (?, 0, 0, 0, 0, 0, ?)
                """, sku.value(), Availability.OUT_OF_STOCK.name());
    }

    /**
     * Begins the stock of new products, each with a delivery.
     *
     * @param delivered how many pieces of each, at least 1
     */
    public LockedStock open(SortedMap<Sku, Long> delivered) {
        var rows = new TreeMap<Sku, LockedStock.Row>();
        delivered.forEach(
                (sku, pieces) -> rows.put(sku, new LockedStock.Row(Balance.ZERO, 0, Availability.OUT_OF_STOCK)));
        var stock = new LockedStock(rows);
        delivered.forEach((sku, pieces) -> stock.move(sku, new Movement.Adjusted(pieces, "delivery")));
        jdbc.batchUpdate("""
                INSERT INTO stock (on_hand, reserved, set_aside, sold, ledger_seq, availability, sku)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """, columns(stock.moved(properties.low())));
        insert(stock);
        return stock;
    }

    /** In which class a product is of which so many pieces are available. */
    public Availability availability(long available) {
        return Availability.of(available, properties.low());
    }

    /** The balance as last committed; empty for a SKU that there is not. */
    public Optional<Balance> balance(Sku sku) {
        // Walks the primary key.
        return jdbc
                .query(
                        "SELECT on_hand, reserved, set_aside, sold FROM stock WHERE sku = ?",
                        (row, n) -> balance(row),
                        sku.value())
                .stream()
                .findFirst();
    }

    private void update(SortedMap<Sku, LockedStock.Row> moved) {
        // Walks the primary key, over rows that are locked already.
        jdbc.batchUpdate("""
                UPDATE stock
                   SET on_hand = ?, reserved = ?, set_aside = ?, sold = ?, ledger_seq = ?, availability = ?
                 WHERE sku = ?
                """, columns(moved));
    }

    private static List<Object[]> columns(SortedMap<Sku, LockedStock.Row> rows) {
        return rows.entrySet().stream()
                .map(entry -> {
                    var row = entry.getValue();
                    var balance = row.balance();
                    return new Object[] {
                        balance.onHand(),
                        balance.reserved(),
                        balance.setAside(),
                        balance.sold(),
                        row.seq(),
                        row.announced().name(),
                        entry.getKey().value()
                    };
                })
                .toList();
    }

    private void insert(LockedStock stock) {
        var now = DatabaseTime.of(clock.instant());
        jdbc.batchUpdate(
                """
                INSERT INTO stock_ledger
                       (sku, seq, kind, order_id, reason, on_hand_change, reserved_change, set_aside_change, sold_change,
                        on_hand, reserved, set_aside, sold, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                stock.entries().stream()
                        .map(entry -> new @Nullable Object[] {
                            entry.sku().value(),
                            entry.seq(),
                            kind(entry.movement()),
                            orderId(entry.movement()),
                            entry.movement() instanceof Movement.Adjusted adjusted ? adjusted.reason() : null,
                            entry.change().onHand(),
                            entry.change().reserved(),
                            entry.change().setAside(),
                            entry.change().sold(),
                            entry.after().onHand(),
                            entry.after().reserved(),
                            entry.after().setAside(),
                            entry.after().sold(),
                            now
                        })
                        .toList(),
                LEDGER_TYPES);
    }

    private static Balance balance(ResultSet row) throws SQLException {
        return new Balance(
                row.getLong("on_hand"), row.getLong("reserved"), row.getLong("set_aside"), row.getLong("sold"));
    }

    private static String kind(Movement movement) {
        return switch (movement) {
            case Movement.Adjusted m -> "ADJUSTED";
            case Movement.Reserved m -> "RESERVED";
            case Movement.Released m -> "RELEASED";
            case Movement.Sold m -> "SOLD";
            case Movement.Returned m -> "RETURNED";
        };
    }

    private static byte @Nullable [] orderId(Movement movement) {
        UUID orderId = switch (movement) {
            case Movement.Adjusted m -> null;
            case Movement.Reserved m -> m.orderId();
            case Movement.Released m -> m.orderId();
            case Movement.Sold m -> m.orderId();
            case Movement.Returned m -> m.orderId();
        };
        return orderId == null ? null : BinaryUuid.toBytes(orderId);
    }
}
