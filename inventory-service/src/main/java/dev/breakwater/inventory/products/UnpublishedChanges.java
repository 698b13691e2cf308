package dev.breakwater.inventory.products;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Whether there may be a product of which nobody has been told yet: an event waits in the outbox for too long. */
@Component
class UnpublishedChanges {

    private static final Logger log = LoggerFactory.getLogger(UnpublishedChanges.class);
    private static final Duration USUAL = Duration.ofSeconds(1);
    /** A look that takes longer leaves open what there is. */
    private static final Duration BELIEVED = Duration.ofSeconds(3);

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private volatile boolean none;
    private volatile long lookedAt = System.nanoTime();

    UnpublishedChanges(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Every event of up to a second ago was published, as of a second ago. */
    boolean none() {
        return none && System.nanoTime() - lookedAt < BELIEVED.toNanos();
    }

    @Scheduled(fixedDelay = 1_000)
    void look() {
        var began = System.nanoTime();
        try {
            // Sixteen looks at the first entry of the primary key: the oldest that waits, whatever it tells.
            none = jdbc.query("""
                            SELECT (SELECT created_at FROM outbox WHERE lane = l.lane ORDER BY id LIMIT 1)
                              FROM outbox_lanes l
                            """, (row, n) -> Optional.ofNullable(row.getTimestamp(1))).stream()
                    .flatMap(Optional::stream)
                    .noneMatch(Timestamp.from(clock.instant().minus(USUAL))::after);
            lookedAt = began;
        } catch (DataAccessException e) {
            none = false;
            log.debug("outbox not looked at cause={}", e.toString());
        }
    }
}
