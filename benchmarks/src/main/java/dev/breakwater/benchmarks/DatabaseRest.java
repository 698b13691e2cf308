package dev.breakwater.benchmarks;

import dev.breakwater.platform.testing.Servers;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Lets the server write out its dirty pages and purge what is deleted, so that a round does not pay for the one before
 * it: the faster side leaves more to do.
 */
final class DatabaseRest implements Runnable {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    /** Even a server that nobody uses dirties a few. */
    private static final long FEW = 100;

    /**
     * @throws IllegalStateException when that takes longer than half a minute: what came next would not be comparable
     */
    @Override
    public void run() {
        var database = Servers.administration();
        var jdbc =
                new JdbcTemplate(new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password()));
        var usual = jdbc.queryForObject("SELECT @@GLOBAL.innodb_max_dirty_pages_pct", Double.class);
        jdbc.execute("SET GLOBAL innodb_max_dirty_pages_pct = 0");
        try {
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
            jdbc.execute("SET GLOBAL innodb_max_dirty_pages_pct = " + usual);
        }
    }

    private static long left(JdbcTemplate jdbc) {
        return status(jdbc, "Innodb_buffer_pool_pages_dirty") + status(jdbc, "Innodb_history_list_length");
    }

    private static long status(JdbcTemplate jdbc, String name) {
        var value = jdbc.queryForObject("SHOW GLOBAL STATUS LIKE '" + name + "'", (row, n) -> row.getLong("Value"));
        return value == null ? 0 : value;
    }
}
