package dev.breakwater.inventory.stock;

import dev.breakwater.platform.persistence.DatabaseTime;
import dev.breakwater.platform.persistence.MultiRowInsert;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Balances and ledger in the database, always written together. A SKU's ledger is numbered under the lock of its
 * balance, so it is a chain without gaps whose sums are the balance.
 */
@Component
public class StockLedger {

    private static final MultiRowInsert BALANCES = MultiRowInsert.into(
            "stock", "sku", "on_hand", "reserved", "set_aside", "sold", "ledger_seq", "availability");
    private static final MultiRowInsert MOVED = BALANCES.onDuplicateKeyUpdate("""
            on_hand = VALUES(on_hand), reserved = VALUES(reserved), set_aside = VALUES(set_aside), sold = VALUES(sold),
            ledger_seq = VALUES(ledger_seq), availability = VALUES(availability)
            """);
    private static final MultiRowInsert LEDGER = MultiRowInsert.into(
            "stock_ledger",
            "sku",
            "seq",
            "kind",
            "order_id",
            "sale_id",
            "reason",
            "on_hand_change",
            "reserved_change",
            "set_aside_change",
            "sold_change",
            "on_hand",
            "reserved",
            "set_aside",
            "sold",
            "at");

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

    /** The balances of those SKUs that exist as last committed, without waiting for anybody. */
    public Map<Sku, Balance> balances(Collection<Sku> skus) {
        if (skus.isEmpty()) {
            return Map.of();
        }
        var balances = new HashMap<Sku, Balance>();
        // Walks the primary key.
        jdbc.query(
                """
                SELECT sku, on_hand, reserved, set_aside, sold
                  FROM stock FORCE INDEX (PRIMARY)
                 WHERE sku IN (%s)
                """.formatted(String.join(", ", Collections.nCopies(skus.size(), "?"))),
                row -> {
                    balances.put(new Sku(row.getString("sku")), balance(row));
                },
                skus.stream().map(Sku::value).toArray());
        return balances;
    }

    /** Announces the classes that the movements changed. */
    public void announce(LockedStock stock) {
        var changed = stock.changedClasses(properties.low());
        if (!changed.isEmpty()) {
            availabilityChanges.announce(changed);
        }
    }

    /**
     * Writes what was moved: each SKU's balance once, and the ledger's rows. The figures are left to the caller, who
     * adds them as the transaction's last step.
     */
    public void write(LockedStock stock) {
        var moved = stock.moved(properties.low());
        // One statement for all of them. The rows are there, and locked: none is inserted.
        MOVED.insert(jdbc, moved.entrySet(), StockLedger::balance);
        insert(stock);
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
        BALANCES.insert(jdbc, stock.moved(properties.low()).entrySet(), StockLedger::balance);
        insert(stock);
        return stock;
    }

    /** In which class a product is of which so many pieces are available. */
    public Availability availability(long available) {
        return Availability.of(available, properties.low());
    }

    /** The balance as last committed; empty for a SKU that there is not. */
    public Optional<Balance> balance(Sku sku) {
        return Optional.ofNullable(balances(List.of(sku)).get(sku));
    }

    private static void balance(MultiRowInsert.Row row, Map.Entry<Sku, LockedStock.Row> entry) {
        var balance = entry.getValue().balance();
        row.text(entry.getKey().value())
                .number(balance.onHand())
                .number(balance.reserved())
                .number(balance.setAside())
                .number(balance.sold())
                .number(entry.getValue().seq())
                .text(entry.getValue().announced().name());
    }

    private void insert(LockedStock stock) {
        var now = DatabaseTime.of(clock.instant());
        LEDGER.insert(
                jdbc,
                stock.entries(),
                (row, entry) -> row.text(entry.sku().value())
                        .number(entry.seq())
                        .text(LedgerColumns.kind(entry.movement()))
                        .uuid(LedgerColumns.orderId(entry.movement()))
                        .uuid(LedgerColumns.saleId(entry.movement()))
                        .text(entry.movement() instanceof Movement.Adjusted adjusted ? adjusted.reason() : null)
                        .number(entry.change().onHand())
                        .number(entry.change().reserved())
                        .number(entry.change().setAside())
                        .number(entry.change().sold())
                        .number(entry.after().onHand())
                        .number(entry.after().reserved())
                        .number(entry.after().setAside())
                        .number(entry.after().sold())
                        .text(now));
    }

    private static Balance balance(ResultSet row) throws SQLException {
        return new Balance(
                row.getLong("on_hand"), row.getLong("reserved"), row.getLong("set_aside"), row.getLong("sold"));
    }
}
