package dev.breakwater.platform.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads of whole tables, which may take longer than a statement of a request: the limits of the connection are raised
 * for the time of the recount and put back before another gets it.
 */
public class Recounts {

    private final JdbcTemplate jdbc;
    private final Transactions transactions;
    private final Duration timeLimit;
    private final String usualLimits;

    /**
     * @param timeLimit of each statement
     * @param usualLimits the statement that sets the limits of every connection
     */
    Recounts(JdbcTemplate jdbc, Transactions transactions, Duration timeLimit, String usualLimits) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.timeLimit = timeLimit;
        this.usualLimits = usualLimits;
    }

    /** Reads everything the work asks for as of one moment, as {@link Transactions#snapshot} does. */
    public <T> T recount(Supplier<T> work) {
        return transactions.snapshot(() -> Objects.requireNonNull(
                jdbc.execute((ConnectionCallback<T>) connection -> unhurried(connection, work))));
    }

    private <T> T unhurried(Connection connection, Supplier<T> work) throws SQLException {
        var usualPatience = connection.getNetworkTimeout();
        try (PutBack _ = () -> limitAsUsual(connection, usualPatience)) {
            // The socket's time-out stays the longer one: it is for a server that is gone.
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(usualPatience + timeLimit.toMillis()));
            // In MariaDB's words and in MySQL's, as in persistence.yaml.
            jdbc.execute("""
                    SET SESSION lock_wait_timeout = @@lock_wait_timeout
                        /*M!, max_statement_time = %d */ /*!80000 , max_execution_time = %d */
                    """.formatted(timeLimit.toSeconds(), timeLimit.toMillis()));
            return work.get();
        }
    }

    private void limitAsUsual(Connection connection, int patience) throws SQLException {
        try {
            jdbc.execute(usualLimits);
        } finally {
            connection.setNetworkTimeout(Runnable::run, patience);
        }
    }

    /** A failure of putting back does not hide the one that came before. */
    private interface PutBack extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }
}
