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
public final class LockedStock implements Stock {

    private final SortedMap<Sku, Row> rows;
    private final List<Entry> entries = new ArrayList<>();

    LockedStock(SortedMap<Sku, Row> rows) {
        this.rows = new TreeMap<>(rows);
    }

    /** A row as it stands now. */
    record Row(Balance balance, long seq, Availability announced) {}

    /** A movement with its place in the SKU's ledger and the balance after it. */
    record Entry(Sku sku, long seq, Movement movement, Balance change, Balance after) {}

    @Override
    public @Nullable Balance balance(Sku sku) {
        var row = rows.get(sku);
        return row == null ? null : row.balance();
    }

    @Override
    public void move(Sku sku, Movement movement) {
        var row = row(sku);
        var moved = new Row(row.balance().after(movement), row.seq() + 1, row.announced());
        rows.put(sku, moved);
        entries.add(new Entry(sku, moved.seq(), movement, movement.change(), moved.balance()));
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
