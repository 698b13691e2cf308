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

    private static final String CHARGE = "CHARGE";
    private static final String REFUND = "REFUND";

    private final JdbcTemplate jdbc;

    Attempts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void begin(List<Payment> begun) {
        if (begun.isEmpty()) {
            return;
        }
        jdbc.batchUpdate(
                """
                INSERT INTO attempts (order_id, kind, channel, bank_key, calls, started_at)
                VALUES (?, ?, ?, ?, 1, ?)
                ON DUPLICATE KEY UPDATE
                       calls = calls + 1, started_at = VALUES(started_at), outcome = NULL, settled_at = NULL
                """,
                begun.stream()
                        .map(payment -> {
                            boolean charge = payment.state() == PaymentState.CHARGING;
                            Attempt attempt = payment.knownAttempt();
                            return new Object[] {
                                BinaryUuid.toBytes(payment.orderId()),
                                charge ? CHARGE : REFUND,
                                attempt.channel(),
                                charge ? payment.chargeKey() : payment.refundKey(),
                                Timestamp.from(attempt.begunAt())
                            };
                        })
                        .toList());
    }

    void settle(List<Change> settled, Instant now) {
        if (settled.isEmpty()) {
            return;
        }
        jdbc.batchUpdate(
                """
                UPDATE attempts
                   SET outcome = ?, settled_at = ?
                 WHERE order_id = ? AND kind = ? AND channel = ?
                """,
                settled.stream()
                        .map(change -> new @Nullable Object[] {
                            change.answer(),
                            Timestamp.from(now),
                            BinaryUuid.toBytes(change.after().orderId()),
                            change.wasCharge() ? CHARGE : REFUND,
                            change.after().knownAttempt().channel()
                        })
                        .toList());
    }
}
