package dev.breakwater.platform.persistence;

import java.util.Collection;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** One INSERT for many rows, with their values in its text ({@link Literals}). */
public final class MultiRowInsert {

    private final String head;
    private final int columns;
    private final String tail;

    private MultiRowInsert(String head, int columns, String tail) {
        this.head = head;
        this.columns = columns;
        this.tail = tail;
    }

    /** Names are taken as they are, so they must not come from outside. */
    public static MultiRowInsert into(String table, String... columns) {
        return new MultiRowInsert(
                "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES\n", columns.length, "");
    }

    /** @param assignments what is changed in a row that is there already, taken as it is */
    public MultiRowInsert onDuplicateKeyUpdate(String assignments) {
        return new MultiRowInsert(head, columns, "\nON DUPLICATE KEY UPDATE " + assignments);
    }

    /**
     * Inserts a row a thing, in their order; nothing for no things. So much that it would not fit into a message is
     * inserted by several statements.
     *
     * @param row adds the values of a thing's row, one a column
     * @throws DuplicateKeyException when a row with such a key is there; rows of an earlier statement may then stand
     *     until the transaction is rolled back
     * @throws IllegalArgumentException when a row has not as many values as there are columns
     */
    public <T> void insert(JdbcTemplate jdbc, Collection<T> things, BiConsumer<Row, T> row) {
        Literals statement = null;
        for (var thing : things) {
            if (statement != null && statement.length() > OneMessage.LONGEST) {
                OneMessage.execute(jdbc, statement.sql(tail));
                statement = null;
            }
            statement = statement == null ? new Literals().sql(head).sql("(") : statement.sql(",\n(");
            var values = new Row(statement);
            row.accept(values, thing);
            if (values.count != columns) {
                throw new IllegalArgumentException("%d values for %d columns".formatted(values.count, columns));
            }
            statement.sql(")");
        }
        if (statement != null) {
            OneMessage.execute(jdbc, statement.sql(tail));
        }
    }

    /** Takes the values of a row, in the order of the columns. */
    public static final class Row {

        private final Literals statement;
        private int count;

        private Row(Literals statement) {
            this.statement = statement;
        }

        public Row number(long value) {
            next().number(value);
            return this;
        }

        public Row text(@Nullable String value) {
            next().text(value);
            return this;
        }

        public Row bytes(byte @Nullable [] value) {
            next().bytes(value);
            return this;
        }

        /** For a BINARY(16) column. */
        public Row uuid(@Nullable UUID value) {
            next().uuid(value);
            return this;
        }

        private Literals next() {
            return count++ == 0 ? statement : statement.sql(",");
        }
    }
}
