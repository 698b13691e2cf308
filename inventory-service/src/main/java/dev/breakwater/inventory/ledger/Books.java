package dev.breakwater.inventory.ledger;

import dev.breakwater.inventory.stock.Balance;
import dev.breakwater.inventory.stock.StockFigures;
import dev.breakwater.platform.persistence.Figures;
import dev.breakwater.platform.persistence.Recounts;
import dev.breakwater.platform.persistence.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the service's books as of one moment: its figures, and on demand whether the tables say the same. */
@Component
class Books {

    private static final int MOST_NAMED = 100;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Recounts recounts;
    private final Figures figures;

    Books(JdbcClient jdbc, Transactions transactions, Recounts recounts, Figures figures) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.recounts = recounts;
        this.figures = figures;
    }

    record Reading(Map<String, Long> figures, List<String> violations) {}

    Reading read() {
        return new Reading(transactions.snapshot(figures::read), List.of());
    }

    /** Scans stock, ledger, reservations and flash sales: for the audit of a quiet suite, not for every second. */
    Reading readAndCompare() {
        return recounts.recount(() -> {
            var kept = figures.read();
            var violations = new ArrayList<String>();
            var tables = new TreeMap<>(StockFigures.of(sumOfStock()));
            tables.forEach((name, sum) -> {
                var figure = kept.getOrDefault(name, 0L);
                if (!figure.equals(sum)) {
                    violations.add("The figure %s is %d, the stock table says %d.".formatted(name, figure, sum));
                }
            });
            var held = heldByReservations();
            var reserved = tables.getOrDefault(StockFigures.RESERVED, 0L);
            if (held != reserved) {
                violations.add("Reservations hold %d pieces, the stock table says %d.".formatted(held, reserved));
            }
            var keptAside = keptForSales();
            var setAside = tables.getOrDefault(StockFigures.SET_ASIDE, 0L);
            if (keptAside != setAside) {
                violations.add("Flash sales keep %d pieces, the stock table says %d.".formatted(keptAside, setAside));
            }
            violations.addAll(balancesUnlikeLedger());
            return new Reading(kept, violations);
        });
    }

    private Balance sumOfStock() {
        return jdbc.sql("""
                        SELECT COALESCE(SUM(on_hand), 0) AS on_hand, COALESCE(SUM(reserved), 0) AS reserved,
                               COALESCE(SUM(set_aside), 0) AS set_aside, COALESCE(SUM(sold), 0) AS sold
                          FROM stock
                        """).query((row, n) -> balance(row)).single();
    }

    private long heldByReservations() {
        return jdbc.sql("""
                        SELECT COALESCE(SUM(l.quantity), 0)
                          FROM reservations r
                          JOIN reservation_lines l ON l.order_id = r.order_id
                         WHERE r.status = 'RESERVED'
                        """).query(Long.class).single();
    }

    private long keptForSales() {
        return jdbc.sql("SELECT COALESCE(SUM(remaining), 0) FROM flash_sales")
                .query(Long.class)
                .single();
    }

    private List<String> balancesUnlikeLedger() {
        // Walks the primary keys of both tables once, in the same order.
        return jdbc.sql("""
                        SELECT s.sku
                          FROM stock s
                          LEFT JOIN (SELECT sku, COUNT(*) AS movements, MAX(seq) AS seq, SUM(on_hand_change) AS on_hand,
                                            SUM(reserved_change) AS reserved, SUM(set_aside_change) AS set_aside,
                                            SUM(sold_change) AS sold
                                       FROM stock_ledger
                                      GROUP BY sku) l ON l.sku = s.sku
                         WHERE s.ledger_seq <> COALESCE(l.movements, 0) OR s.ledger_seq <> COALESCE(l.seq, 0)
                            OR s.on_hand <> COALESCE(l.on_hand, 0) OR s.reserved <> COALESCE(l.reserved, 0)
                            OR s.set_aside <> COALESCE(l.set_aside, 0) OR s.sold <> COALESCE(l.sold, 0)
                         ORDER BY s.sku
                         LIMIT ?
                        """)
                .param(MOST_NAMED)
                .query((row, n) -> LedgerCheck.violation(row.getString("sku")))
                .list();
    }

    static Balance balance(ResultSet row) throws SQLException {
        return new Balance(
                row.getLong("on_hand"), row.getLong("reserved"), row.getLong("set_aside"), row.getLong("sold"));
    }
}
