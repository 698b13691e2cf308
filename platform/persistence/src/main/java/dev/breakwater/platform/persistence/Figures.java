package dev.breakwater.platform.persistence;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Counters that an audit reads instead of scanning tables. Each is spread over {@value #SLOTS} rows and changed in the
 * transaction of what it counts, so that the sum is exact in every snapshot and no single row is hot.
 */
public class Figures {

    private static final int SLOTS = 16;

    private static final MultiRowInsert ROWS = MultiRowInsert.into("figures", "slot", "name", "amount")
            .onDuplicateKeyUpdate("amount = amount + VALUES(amount)");

    private final JdbcTemplate jdbc;

    public Figures(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds to counters within the current transaction. Call it last: the slot's rows stay locked until the commit, and
     * are taken in the order of their names.
     *
     * @param deltas name (at most 40 characters) to change
     */
    public void add(Map<String, Long> deltas) {
        var changes = new TreeMap<>(deltas);
        changes.values().removeIf(delta -> delta == 0);
        if (changes.isEmpty()) {
            return;
        }
        var slot = ThreadLocalRandom.current().nextInt(SLOTS);
        ROWS.insert(
                jdbc,
                changes.entrySet(),
                (row, change) -> row.number(slot).text(change.getKey()).number(change.getValue()));
    }

    /** The sums now; a counter that was never changed is absent. */
    public Map<String, Long> read() {
        var sums = new TreeMap<String, Long>();
        jdbc.query("SELECT name, SUM(amount) AS amount FROM figures GROUP BY name", row -> {
            sums.put(row.getString("name"), row.getLong("amount"));
        });
        return sums;
    }
}
