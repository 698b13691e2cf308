package dev.breakwater.platform.persistence;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * An instant as a DATETIME(6) column keeps it: in UTC. As a {@link java.sql.Timestamp} the driver would format it by a
 * new {@link java.text.SimpleDateFormat} a row, which shows in the profile of a batch.
 */
public final class DatabaseTime {

    private DatabaseTime() {}

    public static LocalDateTime of(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
