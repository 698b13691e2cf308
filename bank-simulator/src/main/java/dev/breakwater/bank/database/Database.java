package dev.breakwater.bank.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;

/** The bank's own database, through a small pool, in READ COMMITTED transactions. */
public final class Database implements AutoCloseable {

    private final HikariDataSource pool;

    /** @param patience how long the first connection is waited for; negative to go on without one */
    public Database(String url, String user, String password, int connections, Duration patience) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("bank");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(patience.isNegative() ? 0 : 1);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        // A call waits at most this long for a connection, well below its caller's time-out.
        config.setConnectionTimeout(Duration.ofSeconds(2).toMillis());
        config.setInitializationFailTimeout(patience.toMillis());
        config.addDataSourceProperty("connectionTimeZone", "UTC");
        config.addDataSourceProperty("forceConnectionTimeZoneToSession", "true");
        config.addDataSourceProperty("sessionVariables", "innodb_lock_wait_timeout=2");
        config.addDataSourceProperty("connectTimeout", "2000");
        config.addDataSourceProperty("socketTimeout", "10000");
        config.addDataSourceProperty("useLocalSessionState", "true");
        config.addDataSourceProperty("cacheServerConfiguration", "true");
        pool = new HikariDataSource(config);
    }

    /** Creates what is missing, so that each start may call it. */
    public void createSchema() {
        try (InputStream script =
                Objects.requireNonNull(Database.class.getResourceAsStream("/db/bank-schema.sql"), "schema")) {
            String[] statements = new String(script.readAllBytes(), StandardCharsets.UTF_8).split(";\\s*\\R");
            inTransaction(connection -> {
                try (Statement statement = connection.createStatement()) {
                    for (String sql : statements) {
                        if (!sql.isBlank()) {
                            statement.execute(sql);
                        }
                    }
                    return statements.length;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("The schema could not be created: " + e.getMessage(), e);
        }
    }

    /**
     * Commits what the work did, or nothing of it.
     *
     * @throws NothingDoneException when it is certain that nothing was done
     * @throws SQLException when the outcome may be either
     */
    @SuppressWarnings("CatchingUnchecked")
    public <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = connection()) {
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLTransactionRollbackException e) {
                connection.rollback();
                throw new NothingDoneException(e);
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    /** Whether the database answers now. */
    public boolean answers() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private Connection connection() {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw new NothingDoneException(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
