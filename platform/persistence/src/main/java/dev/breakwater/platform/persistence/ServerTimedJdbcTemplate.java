package dev.breakwater.platform.persistence;

import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Leaves it to the server to end a statement that takes too long (the session variables in persistence.yaml), and sees
 * to the transaction's time between statements. The way of the driver, a timer task a statement, took half of the
 * processor time of a batch (docs/performance.md).
 */
public class ServerTimedJdbcTemplate extends JdbcTemplate {

    /** MariaDB's ER_STATEMENT_TIMEOUT. */
    private static final int STATEMENT_TIMEOUT = 1969;
    /** MySQL's ER_QUERY_TIMEOUT. */
    private static final int QUERY_TIMEOUT = 3024;

    public ServerTimedJdbcTemplate(DataSource dataSource) {
        super(dataSource);
        setExceptionTranslator(new TimeOutTranslator(dataSource));
    }

    /**
     * @throws TransactionTimedOutException when the time of the transaction is over
     * @throws IllegalStateException within the work of {@link OneMessage#together}
     */
    @Override
    protected void applyStatementSettings(Statement statement) {
        OneMessage.requireNoneOpen();
        var dataSource = getDataSource();
        if (dataSource != null
                && TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder
                && holder.hasTimeout()
                && holder.getTimeToLiveInMillis() <= 0) {
            throw new TransactionTimedOutException("the transaction's time is over");
        }
    }

    private static final class TimeOutTranslator extends SQLErrorCodeSQLExceptionTranslator {

        TimeOutTranslator(DataSource dataSource) {
            super(dataSource);
        }

        @Override
        protected @Nullable DataAccessException customTranslate(
                String task, @Nullable String sql, SQLException thrown) {
            return switch (thrown.getErrorCode()) {
                case STATEMENT_TIMEOUT, QUERY_TIMEOUT -> new QueryTimeoutException(task, thrown);
                default -> null;
            };
        }
    }
}
