package dev.breakwater.platform.persistence;

import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.StatementCallback;

/**
 * Statements that go to the server together. A batch that writes seven tables waits for the network, and holds its
 * locks, for one round trip and not for seven.
 */
public final class OneMessage {

    /** A message is ended here, far below the server's {@code max_allowed_packet} (16 MiB in MariaDB). */
    static final int LONGEST = 1_000_000;

    private static final ScopedValue<OneMessage> CURRENT = ScopedValue.newInstance();

    private final StringBuilder text = new StringBuilder();
    private @Nullable JdbcTemplate jdbc;
    private boolean sending;

    private OneMessage() {}

    /**
     * Sends what the work writes as {@link Literals} or {@link MultiRowInsert} when the work is done, in its order.
     * Within another such work it becomes a part of that.
     *
     * @param writes uses the database in no other way
     * @throws DataAccessException what the first statement that failed says; those behind it are not executed, and the
     *     transaction is good for nothing but a rollback
     * @throws IllegalStateException for a statement of another kind, which would not see what is still to be sent
     */
    public static void together(Runnable writes) {
        if (CURRENT.isBound()) {
            writes.run();
            return;
        }
        var message = new OneMessage();
        ScopedValue.where(CURRENT, message).run(() -> {
            writes.run();
            message.send();
        });
    }

    /** Sends a statement, or adds it to the message of {@link #together}. */
    public static void execute(JdbcTemplate jdbc, Literals statement) {
        var message = CURRENT.isBound() ? CURRENT.get() : new OneMessage();
        message.jdbc = jdbc;
        if (!message.text.isEmpty()) {
            message.text.append(";\n");
        }
        message.text.append(statement);
        if (!CURRENT.isBound() || message.text.length() > LONGEST) {
            message.send();
        }
    }

    /** Keeps statements of other kinds out of the work. */
    static void requireNoneOpen() {
        if (CURRENT.isBound() && !CURRENT.get().sending) {
            throw new IllegalStateException("a statement within the work of a message would overtake it");
        }
    }

    private void send() {
        if (jdbc == null || text.isEmpty()) {
            return;
        }
        sending = true;
        try {
            jdbc.execute((StatementCallback<Boolean>) this::execute);
        } finally {
            sending = false;
            text.setLength(0);
        }
    }

    private boolean execute(Statement statement) throws SQLException {
        // A brace in a text is no JDBC escape.
        statement.setEscapeProcessing(false);
        var rows = statement.execute(text.toString());
        // The answer to each statement is asked for: a failed one is told there.
        while (rows || statement.getUpdateCount() != -1) {
            rows = statement.getMoreResults();
        }
        return true;
    }
}
