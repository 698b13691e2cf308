package dev.breakwater.payment.lifecycle;

import dev.breakwater.platform.persistence.BinaryUuid;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The log of calls that may move money. */
@Component
class Attempts {

    private final JdbcTemplate jdbc;

    Attempts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void insert(List<Payment> begun) {
        if (begun.isEmpty()) {
            return;
        }
        jdbc.batchUpdate("""
                INSERT INTO attempts (order_id, attempt, kind, channel, bank_key, started_at)
                VALUES (?, ?, ?, ?, ?, ?)
                """, begun.stream().map(Attempts::row).toList());
    }

    void settle(List<Change> settled, Instant now) {
        if (settled.isEmpty()) {
            return;
        }
        jdbc.batchUpdate(
                """
                UPDATE attempts
                   SET outcome = ?, settled_at = ?
                 WHERE order_id = ? AND attempt = ?
                """,
                settled.stream()
                        .map(change -> new @Nullable Object[] {
                            change.answer(),
                            Timestamp.from(now),
                            BinaryUuid.toBytes(change.after().orderId()),
                            change.after().knownAttempt().number()
                        })
                        .toList());
    }

    private static Object[] row(Payment payment) {
        boolean refund = payment.state() == PaymentState.REFUNDING;
        Attempt attempt = payment.knownAttempt();
        return new Object[] {
            BinaryUuid.toBytes(payment.orderId()),
            attempt.number(),
            refund ? "REFUND" : "CHARGE",
            attempt.channel(),
            refund ? payment.refundKey() : payment.chargeKey(),
            Timestamp.from(attempt.begunAt())
        };
    }
}
