package dev.breakwater.platform.testing;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A row of EXPLAIN: how a statement gets at the rows of one table.
 *
 * @param table null where no table is read, for instance since a unique key already said that there is no such row
 * @param type ALL is a scan of the table, index a scan of a whole index
 * @param extra says {@code Using index} where the index alone is read, and no row
 */
record Access(
        @Nullable String table,
        @Nullable String type,
        @Nullable String key,
        long rows,
        @Nullable String extra) {

    static Access of(ResultSet row) throws SQLException {
        return new Access(
                row.getString("table"),
                row.getString("type"),
                row.getString("key"),
                row.getLong("rows"),
                row.getString("Extra"));
    }

    boolean isScan() {
        // Names in angle brackets are intermediate results; the tables that they are made of have rows of their own.
        return table != null && !table.startsWith("<") && (key == null || "ALL".equals(type) || "index".equals(type));
    }

    @Override
    public String toString() {
        return "table=%s type=%s key=%s rows=%d extra=%s".formatted(table, type, key, rows, extra);
    }
}
