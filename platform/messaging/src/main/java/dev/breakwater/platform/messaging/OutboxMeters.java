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
 * Since when the oldest message waits for the relays. Every instance of a service looks at the same outbox. How many
 * wait is for the audit to count: that reads all of them.
 */
class OutboxMeters {

    private static final Logger log = LoggerFactory.getLogger(OutboxMeters.class);

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private volatile double oldestSeconds = Double.NaN;

    OutboxMeters(JdbcTemplate jdbc, Clock clock, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.clock = clock;
        Gauge.builder("outbox.oldest", () -> oldestSeconds)
                .description("How long the oldest message in the outbox has waited")
                .baseUnit("seconds")
                .register(meters);
    }

    @Scheduled(fixedDelayString = "PT5S")
    void look() {
        try {
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
            oldestSeconds = Double.NaN;
            log.debug("outbox not looked at cause={}", e.toString());
        }
    }

    private double secondsSince(Timestamp then) {
        return Math.max(0, Duration.between(then.toInstant(), clock.instant()).toMillis() / 1e3);
    }
}
