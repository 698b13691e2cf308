package dev.breakwater.inventory.reservations;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** What must hold after reserving, however it was done. */
final class ReservationTables {

    private ReservationTables() {}

    /** @param answered how many commands were answered as done */
    static List<String> violations(JdbcTemplate jdbc, long answered) {
        var violations = new ArrayList<String>();
        var reservations = count(jdbc, "SELECT COUNT(*) FROM reservations WHERE status = 'RESERVED'");
        if (answered != reservations) {
            violations.add("%d answered and %d reservations".formatted(answered, reservations));
        }
        for (var rows : List.of("reservation_lines", "inbox", "outbox", "stock_ledger WHERE kind = 'RESERVED'")) {
            var found = count(jdbc, "SELECT COUNT(*) FROM " + rows);
            if (found != reservations) {
                violations.add("%d reservations and %d in %s".formatted(reservations, found, rows));
            }
        }
        var unequal = count(jdbc, """
                SELECT COUNT(*)
                  FROM stock
                  JOIN (SELECT sku, SUM(on_hand_change) AS on_hand, SUM(reserved_change) AS reserved, COUNT(*) AS seq
                          FROM stock_ledger
                         GROUP BY sku) AS ledger USING (sku)
                 WHERE stock.on_hand <> ledger.on_hand
                    OR stock.reserved <> ledger.reserved
                    OR stock.ledger_seq <> ledger.seq
                """);
        if (unequal != 0) {
            violations.add("%d balances differ from their ledgers".formatted(unequal));
        }
        var counted = count(jdbc, "SELECT SUM(amount) FROM figures WHERE name = 'reserved'");
        if (counted != reservations) {
            violations.add("%d reserved and %d counted".formatted(reservations, counted));
        }
        return violations;
    }

    private static long count(JdbcTemplate jdbc, String sql) {
        var count = jdbc.queryForObject(sql, Long.class);
        return count == null ? 0 : count;
    }
}
