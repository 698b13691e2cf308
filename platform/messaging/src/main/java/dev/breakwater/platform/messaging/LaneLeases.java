package dev.breakwater.platform.messaging;

import dev.breakwater.platform.persistence.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which lanes of the outbox this instance may send. A lane has one owner at a time, by a lease in the database, by the
 * database's clock; the living instances share the lanes evenly.
 *
 * <p>An owner that was stopped for longer than its lease stops sending by its own monotonic clock. What it had already
 * handed to Kafka may arrive twice, with the same event ids, which every inbox ignores; it can never arrive first, for
 * the next owner begins with the oldest row that is still there.
 */
class LaneLeases {

    private static final Duration LEASE = Duration.ofSeconds(5);
    /** Stop using a lease a little before others may take it. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final JdbcTemplate jdbc;
    private final Transactions transactions;
    private final String owner = UUID.randomUUID().toString();

    private volatile Held held = new Held(List.of(), 0);

    private record Held(List<Integer> lanes, long untilNanos) {}

    LaneLeases(JdbcTemplate jdbc, Transactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** The lanes that may be sent now, by this instance's monotonic clock. */
    List<Integer> lanes() {
        var now = held;
        return System.nanoTime() - now.untilNanos < 0 ? now.lanes : List.of();
    }

    /**
     * Says that this instance lives, renews what it holds, takes its share of what is free and gives back what is more
     * than its share.
     */
    void renew() {
        var until = System.nanoTime() + LEASE.minus(MARGIN).toNanos();
        var lanes = transactions.write(() -> {
            jdbc.update("""
                    INSERT INTO outbox_relays (owner, expires_at) VALUES (?, NOW(6) + INTERVAL ? SECOND)
                    ON DUPLICATE KEY UPDATE expires_at = VALUES(expires_at)
                    """, owner, LEASE.toSeconds());
            jdbc.update("DELETE FROM outbox_relays WHERE expires_at < NOW(6)");
            var living = jdbc.queryForObject("SELECT COUNT(*) FROM outbox_relays", Integer.class);
            var share = Math.ceilDiv(Outbox.LANES, Math.max(1, living == null ? 1 : living));
            giveBackAllBut(share);
            jdbc.update(
                    "UPDATE outbox_lanes SET expires_at = NOW(6) + INTERVAL ? SECOND WHERE owner = ? ORDER BY lane",
                    LEASE.toSeconds(),
                    owner);
            var missing = share - owned().size();
            if (missing > 0) {
                jdbc.update("""
                        UPDATE outbox_lanes SET owner = ?, expires_at = NOW(6) + INTERVAL ? SECOND
                         WHERE owner IS NULL OR expires_at < NOW(6)
                         ORDER BY lane LIMIT ?
                        """, owner, LEASE.toSeconds(), missing);
            }
            return owned();
        });
        held = new Held(lanes, until);
    }

    /** Gives up everything at once, so that another instance need not wait for the leases to end. */
    void release() {
        held = new Held(List.of(), 0);
        transactions.write(() -> {
            jdbc.update("DELETE FROM outbox_relays WHERE owner = ?", owner);
            jdbc.update("UPDATE outbox_lanes SET owner = NULL, expires_at = NULL WHERE owner = ?", owner);
        });
    }

    private void giveBackAllBut(int share) {
        var excess = owned().size() - share;
        if (excess > 0) {
            jdbc.update(
                    "UPDATE outbox_lanes SET owner = NULL, expires_at = NULL WHERE owner = ? ORDER BY lane LIMIT ?",
                    owner,
                    excess);
        }
    }

    private List<Integer> owned() {
        return jdbc.query(
                "SELECT lane FROM outbox_lanes WHERE owner = ? ORDER BY lane", (row, n) -> row.getInt("lane"), owner);
    }
}
