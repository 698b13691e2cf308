package dev.breakwater.inventory.stock;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The balances that a transaction holds locked. They are moved in memory, as often as the batch wants, and written once
 * a SKU at its end: that is what makes a hot row cheap.
 */
public final class LockedStock {

    private final SortedMap<Sku, Row> rows;
    private final List<Entry> entries = new ArrayList<>();

    LockedStock(SortedMap<Sku, Row> rows) {
        this.rows = new TreeMap<>(rows);
    }

    /** Stock that nobody holds: what is decided over it may come out otherwise once the rows are locked. */
    public static LockedStock of(Map<Sku, Balance> balances) {
        var rows = new TreeMap<Sku, Row>();
        balances.forEach((sku, balance) -> rows.put(sku, new Row(balance, 0, Availability.IN_STOCK)));
        return new LockedStock(rows);
    }

    /** A row as it stands now. */
    record Row(Balance balance, long seq, Availability announced) {}

    /** A movement with its place in the SKU's ledger and the balance after it. */
    record Entry(Sku sku, long seq, Movement movement, Balance change, Balance after) {}

    /** The balance with all movements so far; null for a SKU that there is not. */
    public @Nullable Balance balance(Sku sku) {
        var row = rows.get(sku);
        return row == null ? null : row.balance();
    }

    /** @throws IllegalStateException when there would be less than nothing */
    public void move(Sku sku, Movement movement) {
        var row = rows.get(sku);
        if (row == null) {
            throw new IllegalStateException("moved without being locked sku=" + sku);
        }
        var change = movement.change();
        var after = row.balance().plus(change);
        if (!after.isPossible()) {
            throw new IllegalStateException("impossible movement sku=" + sku + " change=" + change + " to=" + after);
        }
        rows.put(sku, new Row(after, row.seq() + 1, row.announced()));
        entries.add(new Entry(sku, row.seq() + 1, movement, change, after));
    }

    /** How all movements together change the service's figures. */
    public Map<String, Long> figures() {
        var sum = entries.stream().map(Entry::change).reduce(Balance.ZERO, Balance::plus);
        return StockFigures.of(sum);
    }

    List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /** The rows that were moved, in the order of their SKUs, with the class that is to be announced. */
    SortedMap<Sku, Row> moved(long low) {
        var moved = new TreeMap<Sku, Row>();
        for (var entry : entries) {
            moved.computeIfAbsent(entry.sku(), sku -> {
                var row = row(sku);
                return new Row(
                        row.balance(), row.seq(), Availability.of(row.balance().available(), low));
            });
        }
        return moved;
    }

    /** The moved SKUs whose class is another one than was announced. */
    SortedMap<Sku, Availability> changedClasses(long low) {
        var changed = new HashMap<Sku, Availability>();
        moved(low).forEach((sku, row) -> {
            if (row.announced() != row(sku).announced()) {
                changed.put(sku, row.announced());
            }
        });
        return new TreeMap<>(changed);
    }

    private Row row(Sku sku) {
        var row = rows.get(sku);
        if (row == null) {
            throw new IllegalStateException("not locked sku=" + sku);
        }
        return row;
    }
}
