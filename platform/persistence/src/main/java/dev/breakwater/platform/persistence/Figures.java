package dev.breakwater.platform.persistence;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Counters that an audit reads instead of scanning tables. Each is spread over {@value #SLOTS} rows and changed in the
 * transaction of what it counts, so that the sum is exact in every snapshot and no single row is hot.
 */
public class Figures {

    private static final int SLOTS = 16;

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
        var rows = changes.entrySet().stream()
                .map(change -> "(" + slot + ", ?, ?)")
                .collect(Collectors.joining(", "));
        var parameters = changes.entrySet().stream()
                .flatMap(change -> Stream.of(change.getKey(), change.getValue()))
                .toArray();
        jdbc.update("""
                INSERT INTO figures (slot, name, amount)
                VALUES %s
                ON DUPLICATE KEY UPDATE amount = amount + VALUES(amount)
                """.formatted(rows), parameters);
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
