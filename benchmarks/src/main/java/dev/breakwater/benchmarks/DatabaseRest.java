package dev.breakwater.benchmarks;

import dev.breakwater.platform.testing.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Lets the server write out its dirty pages and purge what is deleted, so that a round does not pay for the one before
 * it: the faster side leaves more to do.
 */
final class DatabaseRest implements Runnable {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    /** Even a server that nobody uses dirties a few. */
    private static final long FEW = 100;
    /** Writes out 200 pages a second by default: what a round of four seconds leaves would take over a minute. */
    private static final List<Setting> HURRIED = List.of(
            new Setting("innodb_io_capacity_max", "20000"),
            new Setting("innodb_io_capacity", "10000"),
            new Setting("innodb_max_dirty_pages_pct", "0"));

    private record Setting(String name, String value) {

        void apply(JdbcTemplate jdbc) {
            jdbc.execute("SET GLOBAL %s = %s".formatted(name, value));
        }
    }

    /** @throws IllegalStateException when that takes longer than two minutes: what came next would not be comparable */
    @Override
    public void run() {
        var database = Servers.administration();
        var jdbc =
                new JdbcTemplate(new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password()));
        var usual = HURRIED.stream()
                .map(setting -> new Setting(setting.name, value(jdbc, setting.name)))
                .toList();
        try {
            HURRIED.forEach(setting -> setting.apply(jdbc));
            var end = System.nanoTime() + LONGEST.toNanos();
            for (var left = left(jdbc); left > FEW; left = left(jdbc)) {
                if (System.nanoTime() - end > 0) {
                    throw new IllegalStateException(
                            "the database has %d pages and transactions to clean up after %s".formatted(left, LONGEST));
                }
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            usual.reversed().forEach(setting -> setting.apply(jdbc));
        }
    }

    private static String value(JdbcTemplate jdbc, String variable) {
        return Objects.requireNonNull(jdbc.queryForObject("SELECT @@GLOBAL." + variable, String.class));
    }

    private static long left(JdbcTemplate jdbc) {
        return status(jdbc, "Innodb_buffer_pool_pages_dirty") + status(jdbc, "Innodb_history_list_length");
    }

    private static long status(JdbcTemplate jdbc, String name) {
        var value = jdbc.queryForObject("SHOW GLOBAL STATUS LIKE '" + name + "'", (row, n) -> row.getLong("Value"));
        return value == null ? 0 : value;
    }
}
