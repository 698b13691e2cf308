package dev.breakwater.platform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The tables of a service as a release made them. While the next one is rolled out, instances of both run on the tables
 * that its migrations make: so a migration adds, and what nobody needs any more is taken away a release later.
 *
 * @param columns by {@code table.column}
 * @param uniqueKeys as {@code table(column,column)}
 */
public record KeptSchema(Map<String, Column> columns, Set<String> uniqueKeys) {

    private static final Path KEPT = Path.of("src/test/resources/kept/schema.txt");
    private static final String UNIQUE = "unique ";

    /**
     * @param length of text and bytes, 0 of anything else
     * @param isOptional whether who does not know it can insert a row
     */
    record Column(String type, long length, boolean isNullable, boolean isOptional) {

        static Column parse(String text) {
            var words = List.of(text.split(" "));
            return new Column(
                    words.get(0), Long.parseLong(words.get(1)), words.contains("nullable"), words.contains("optional"));
        }

        boolean takesWhatWent(Column into) {
            return type.equals(into.type)
                    && length >= into.length
                    && (isNullable || !into.isNullable)
                    && (isOptional || !into.isOptional);
        }

        @Override
        public String toString() {
            return "%s %d%s%s".formatted(type, length, isNullable ? " nullable" : "", isOptional ? " optional" : "");
        }
    }

    /**
     * What the release before of this module's service would stumble over in its tables as they are today. With
     * {@code -Dbreakwater.keep=true} today's are kept, as is done when a release is made.
     *
     * @param today migrated to today's tables
     */
    public static List<String> brokenSinceRelease(TestDatabase today) throws SQLException {
        try (var connection = DriverManager.getConnection(today.jdbcUrl(), today.user(), today.password())) {
            var now = of(connection);
            if (Boolean.getBoolean("breakwater.keep")) {
                now.keep();
            }
            return read(KEPT).brokenBy(now);
        }
    }

    private void keep() {
        try {
            Files.createDirectories(KEPT.getParent());
            Files.write(KEPT, lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #lines} wrote it. */
    public static KeptSchema read(Path file) {
        try {
            var columns = new TreeMap<String, Column>();
            var uniqueKeys = new TreeSet<String>();
            for (var line : Files.readAllLines(file)) {
                if (line.startsWith(UNIQUE)) {
                    uniqueKeys.add(line.substring(UNIQUE.length()));
                } else {
                    var space = line.indexOf(' ');
                    columns.put(line.substring(0, space), Column.parse(line.substring(space + 1)));
                }
            }
            return new KeptSchema(columns, uniqueKeys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As it is in the connection's database now. */
    public static KeptSchema of(Connection connection) throws SQLException {
        var columns = new TreeMap<String, Column>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,
                               column_default, extra
                          FROM information_schema.columns
                         WHERE table_schema = DATABASE() AND table_name <> 'flyway_schema_history'
                        """)) {
            while (row.next()) {
                var isNullable = row.getString(5).equals("YES");
                columns.put(
                        row.getString(1) + "." + row.getString(2),
                        new Column(
                                row.getString(3),
                                row.getLong(4),
                                isNullable,
                                isNullable
                                        || row.getString(6) != null
                                        || !row.getString(7).isEmpty()));
            }
        }
        return new KeptSchema(columns, uniqueKeys(connection));
    }

    private static Set<String> uniqueKeys(Connection connection) throws SQLException {
        var keys = new TreeSet<String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        SELECT table_name, GROUP_CONCAT(column_name ORDER BY seq_in_index)
                          FROM information_schema.statistics
                         WHERE table_schema = DATABASE() AND table_name <> 'flyway_schema_history' AND non_unique = 0
                         GROUP BY table_name, index_name
                        """)) {
            while (row.next()) {
                keys.add("%s(%s)".formatted(row.getString(1), row.getString(2)));
            }
        }
        return keys;
    }

    public List<String> lines() {
        var lines = new ArrayList<String>();
        columns.forEach((name, column) -> lines.add(name + " " + column));
        uniqueKeys.forEach(key -> lines.add(UNIQUE + key));
        return lines;
    }

    /** Why statements of whoever made these tables would fail on the others, in words; empty if none would. */
    public List<String> brokenBy(KeptSchema now) {
        var broken = new ArrayList<String>();
        columns.forEach((name, kept) -> {
            var column = now.columns.get(name);
            if (column == null) {
                broken.add(name + " is gone");
            } else if (!column.takesWhatWent(kept)) {
                broken.add("%s was %s and is %s".formatted(name, kept, column));
            }
        });
        var tables = columns.keySet().stream().map(KeptSchema::table).collect(Collectors.toSet());
        now.columns.forEach((name, column) -> {
            if (tables.contains(table(name)) && !columns.containsKey(name) && !column.isOptional) {
                broken.add(name + " is new and neither nullable nor with a default");
            }
        });
        now.uniqueKeys.stream()
                .filter(key -> tables.contains(key.substring(0, key.indexOf('('))) && !uniqueKeys.contains(key))
                .forEach(key -> broken.add(key + " is unique now"));
        return broken;
    }

    private static String table(String column) {
        return column.substring(0, column.indexOf('.'));
    }
}
