package dev.breakwater.platform.persistence;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * An instant as a DATETIME(6) column keeps it, in UTC: a text, written once for all rows of a batch. The driver would
 * format a {@link java.sql.Timestamp} or {@link java.time.LocalDateTime} for each row, twice, which was a tenth of the
 * processor time of a batch (docs/performance.md).
 */
public final class DatabaseTime {

    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private DatabaseTime() {}

    public static String of(Instant instant) {
        return TEXT.format(instant);
    }
}
