package dev.breakwater.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.breakwater.platform.testing.Servers;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;

/** A fresh database on the real server, reached as the services reach theirs. */
public final class Database implements AutoCloseable {

    private final HikariDataSource dataSource;

    private Database(HikariDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Opens an empty database and migrates it.
     *
     * @param poolSize the number of connections
     * @param migrations folders on the class path, such as {@code db/platform}
     */
    public static Database fresh(int poolSize, String... migrations) {
        return fresh(poolSize, true, migrations);
    }

    /** The same for what does all its writing in transactions, and saves two round trips for each. */
    public static Database freshWithoutAutoCommit(int poolSize, String... migrations) {
        return fresh(poolSize, false, migrations);
    }

    private static Database fresh(int poolSize, boolean autoCommit, String... migrations) {
        var database = Servers.freshDatabase();
        var dataSource = new HikariDataSource();
        // The driver's options of platform/persistence.yaml.
        dataSource.setJdbcUrl(database.jdbcUrl() + "&cachePrepStmts=true&useLocalSessionState=true");
        dataSource.setUsername(database.user());
        dataSource.setPassword(database.password());
        dataSource.setConnectionInitSql("SET SESSION innodb_lock_wait_timeout = 2");
        dataSource.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        dataSource.setAutoCommit(autoCommit);
        dataSource.setMaximumPoolSize(poolSize);
        // In a closed loop of a thousand callers on a slow side, waiting for a connection is part of the work.
        dataSource.setConnectionTimeout(60_000);
        requireDurable(dataSource);
        if (migrations.length > 0) {
            var done = Flyway.configure()
                    .dataSource(dataSource)
                    .locations(List.of(migrations).stream()
                            .map(folder -> "classpath:" + folder)
                            .toArray(String[]::new))
                    .outOfOrder(true)
                    .load()
                    .migrate();
            if (!done.success) {
                throw new IllegalStateException("the database was not migrated");
            }
        }
        return new Database(dataSource);
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** Durability is not for sale: a figure without it would say nothing. */
    private static void requireDurable(DataSource dataSource) {
        var flush =
                new JdbcTemplate(dataSource).queryForObject("SELECT @@innodb_flush_log_at_trx_commit", String.class);
        if (!"1".equals(flush)) {
            throw new IllegalStateException("innodb_flush_log_at_trx_commit is " + flush + ", not 1");
        }
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
