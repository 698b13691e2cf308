package dev.breakwater.platform.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * How many messages wait for the relays, and since when the oldest of them does. Every instance of a service looks at
 * the same outbox, so theirs are not to be added up.
 */
class OutboxMeters {

    private static final Logger log = LoggerFactory.getLogger(OutboxMeters.class);

    /** Beyond this nobody needs to know how many, and counting gets dear. */
    private static final int COUNTED = 100_000;

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private volatile double pending = Double.NaN;
    private volatile double oldestSeconds = Double.NaN;

    OutboxMeters(JdbcTemplate jdbc, Clock clock, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.clock = clock;
        Gauge.builder("outbox.pending", () -> pending)
                .description("Messages that wait in the outbox, counted up to 100,000")
                .register(meters);
        Gauge.builder("outbox.oldest", () -> oldestSeconds)
                .description("How long the oldest of them has waited")
                .baseUnit("seconds")
                .register(meters);
    }

    @Scheduled(fixedDelayString = "PT5S")
    void look() {
        try {
            // Walks the index of ids.
            pending = Objects.requireNonNull(jdbc.queryForObject(
                    "SELECT COUNT(*) FROM (SELECT id FROM outbox ORDER BY id LIMIT %d) waiting".formatted(COUNTED),
                    Long.class));
            // The first entry of each lane by the primary key.
            oldestSeconds = jdbc.query("""
                            SELECT (SELECT created_at FROM outbox WHERE lane = l.lane ORDER BY id LIMIT 1)
                              FROM outbox_lanes l
                            """, (row, n) -> row.getTimestamp(1)).stream()
                    .filter(Objects::nonNull)
                    .mapToDouble(this::secondsSince)
                    .max()
                    .orElse(0);
        } catch (DataAccessException e) {
            // Not known is not none.
            pending = Double.NaN;
            oldestSeconds = Double.NaN;
            log.debug("outbox not looked at cause={}", e.toString());
        }
    }

    private double secondsSince(Timestamp then) {
        return Math.max(0, Duration.between(then.toInstant(), clock.instant()).toMillis() / 1e3);
    }
}
