package dev.breakwater.platform.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Sees every statement that a service executes and asks the database, with the very parameters, how it finds the rows.
 * A test that wants it imports it, fills the tables (the optimizer rightly scans small ones), drives the service and
 * looks at {@link #scans}.
 *
 * <p>Statements of one shape are asked about once, by the longest: for a long list of keys an optimizer leaves the
 * index first.
 */
public final class StatementPlans implements BeanPostProcessor {

    private final Map<String, Statement> byShape = new ConcurrentSkipListMap<>();
    private volatile boolean watching;
    private @Nullable DataSource database;

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!(bean instanceof DataSource dataSource)) {
            return bean;
        }
        database = dataSource;
        return ProxyDataSourceBuilder.create(dataSource).afterQuery(this::seen).build();
    }

    private void seen(ExecutionInfo execution, List<QueryInfo> queries) {
        if (!watching || !execution.isSuccess()) {
            return;
        }
        for (var query : queries) {
            var executions = query.getParametersList();
            Statement.of(query.getQuery(), executions.isEmpty() ? List.of() : executions.getFirst()).stream()
                    .filter(Statement::searches)
                    .forEach(statement -> byShape.merge(
                            statement.shape(),
                            statement,
                            (before, now) -> now.sql().length() > before.sql().length() ? now : before));
        }
    }

    /** From now on; what came before, such as migrations, does not count. */
    public void watch() {
        watching = true;
    }

    /** The service's database without this in between: what a test does there for itself is none of the service's. */
    public DataSource database() {
        if (database == null) {
            throw new IllegalStateException("There is no database to be watched.");
        }
        return database;
    }

    /** The statements so far, one of each shape, each in one line. */
    public Collection<String> statements() {
        return byShape.values().stream().map(Statement::sql).toList();
    }

    /**
     * The statements that walk no index, each with how it reads which table.
     *
     * @param excused parts of statements that may scan, each with the reason
     */
    public List<String> scans(Map<String, String> excused) throws SQLException {
        watching = false;
        try (var connection = database().getConnection()) {
            analyze(connection);
            var scans = new ArrayList<String>();
            for (var statement : byShape.entrySet()) {
                var sql = statement.getValue().sql();
                if (excused.keySet().stream().noneMatch(sql::contains)) {
                    statement.getValue().explain(connection).stream()
                            .filter(Access::isScan)
                            .map(access -> access + ": " + statement.getKey())
                            .forEach(scans::add);
                }
            }
            return scans;
        }
    }

    /** How the statements with this part in them read each of their tables, as the database explains it. */
    public List<String> explained(String part) throws SQLException {
        watching = false;
        try (var connection = database().getConnection()) {
            analyze(connection);
            var explained = new ArrayList<String>();
            for (var statement : byShape.values()) {
                if (statement.sql().contains(part)) {
                    statement.explain(connection).forEach(access -> explained.add(access.toString()));
                }
            }
            return explained;
        }
    }

    /** The optimizer judges by statistics, which lag behind a test that fills tables in a moment. */
    private static void analyze(Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var table =
                connection.getMetaData().getTables(connection.getCatalog(), null, "%", new String[] {"TABLE"})) {
            while (table.next()) {
                tables.add(table.getString("TABLE_NAME"));
            }
        }
        try (var analyze = connection.createStatement()) {
            analyze.execute("ANALYZE TABLE " + String.join(", ", tables));
        }
    }
}
