package dev.breakwater.platform.testing;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.ttddyy.dsproxy.proxy.ParameterSetOperation;

/**
 * A statement as it was executed, with the calls that set its parameters.
 *
 * @param sql in one line
 */
record Statement(String sql, List<ParameterSetOperation> parameters) {

    private static final Pattern SEARCHING =
            Pattern.compile("\\(*(SELECT|UPDATE|DELETE|(INSERT|REPLACE)\\b.*\\bSELECT)\\b.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SPACE = Pattern.compile("\\s+");
    /** Between the statements of one message. */
    private static final Pattern BETWEEN = Pattern.compile(";\\n");

    private static final Pattern LITERAL = Pattern.compile("(_utf8mb4 )?x?'[^']*'");
    private static final Pattern NUMBER = Pattern.compile("\\b\\d+\\b");
    private static final Pattern MARKS = Pattern.compile("\\?(, ?\\?)+");
    private static final Pattern GROUPS = Pattern.compile("(\\([^()]*\\))(( OR | UNION ALL |, ?)\\1)+");

    /** The statements of a message, which is one unless it has no parameters. */
    static List<Statement> of(String message, List<ParameterSetOperation> parameters) {
        return BETWEEN.splitAsStream(message)
                .map(sql -> new Statement(SPACE.matcher(sql).replaceAll(" ").strip(), List.copyOf(parameters)))
                .toList();
    }

    /** Whether it has to find rows at all: an INSERT of values does not. */
    boolean searches() {
        return SEARCHING.matcher(sql).matches();
    }

    /** The statement without what differs from one execution to the next: values, and how often a part is repeated. */
    String shape() {
        var literalless = LITERAL.matcher(sql).replaceAll("?");
        var numberless = NUMBER.matcher(literalless).replaceAll("?");
        var listless = MARKS.matcher(numberless).replaceAll("?, …");
        return GROUPS.matcher(listless).replaceAll("$1$3…");
    }

    /** How the database would find its rows, an entry for each table. */
    List<Access> explain(Connection connection) throws SQLException {
        // MySQL explains in a tree by itself.
        try (var explain = connection.prepareStatement("EXPLAIN FORMAT=TRADITIONAL " + sql)) {
            for (var parameter : parameters) {
                repeat(parameter, explain);
            }
            var accesses = new ArrayList<Access>();
            try (var row = explain.executeQuery()) {
                while (row.next()) {
                    accesses.add(Access.of(row));
                }
            }
            return accesses;
        }
    }

    private static void repeat(ParameterSetOperation parameter, PreparedStatement statement) {
        try {
            parameter.getMethod().invoke(statement, parameter.getArgs());
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("A parameter cannot be set again.", e);
        }
    }
}
