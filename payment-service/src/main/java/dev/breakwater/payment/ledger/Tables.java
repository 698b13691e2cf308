package dev.breakwater.payment.ledger;

import dev.breakwater.payment.lifecycle.PaymentFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The same sums from the rows themselves: slow, and independent of the counters. */
@Component
class Tables {

    private final JdbcClient jdbc;

    Tables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A sentence for each figure that is not what the rows say; reads every row of the table. */
    List<String> differencesFrom(Map<String, Long> figures) {
        Map<String, Long> counted = jdbc.sql("""
                SELECT COALESCE(SUM(CASE WHEN state IN ('CAPTURED', 'REFUND_READY', 'REFUNDING', 'REFUND_UNKNOWN',
                                                        'REFUNDED')
                                         THEN amount_minor END), 0) AS captured_minor,
                       COALESCE(SUM(CASE WHEN state = 'REFUNDED' THEN amount_minor END), 0) AS refunded_minor,
                       COUNT(CASE WHEN state IN ('UNKNOWN', 'REFUND_UNKNOWN') THEN 1 END) AS unknown_count,
                       COUNT(CASE WHEN state NOT IN ('CAPTURED', 'DECLINED', 'VOIDED', 'REFUNDED') THEN 1 END) AS open_count
                  FROM payments
                """)
                .query((row, number) -> Map.of(
                        PaymentFigures.CAPTURED_MINOR, row.getLong("captured_minor"),
                        PaymentFigures.REFUNDED_MINOR, row.getLong("refunded_minor"),
                        PaymentFigures.UNKNOWN, row.getLong("unknown_count"),
                        PaymentFigures.IN_FLIGHT, row.getLong("open_count")))
                .single();
        List<String> differences = new ArrayList<>();
        counted.forEach((name, rows) -> {
            long figure = figures.getOrDefault(name, 0L);
            if (figure != rows) {
                differences.add(
                        "The figure %s of the payments is %d, their rows say %d.".formatted(name, figure, rows));
            }
        });
        return differences;
    }
}
