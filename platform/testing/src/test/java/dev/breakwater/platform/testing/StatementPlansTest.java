package dev.breakwater.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class StatementPlansTest {

    private final StatementPlans plans = new StatementPlans();
    private JdbcTemplate service = new JdbcTemplate();

    @BeforeEach
    void fill() {
        var database = Servers.freshDatabase();
        service = new JdbcTemplate((DataSource) plans.postProcessAfterInitialization(
                new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password()), "dataSource"));
        service.execute("CREATE TABLE teas (id INT NOT NULL PRIMARY KEY, name VARCHAR(20) NOT NULL)");
        service.batchUpdate(
                "INSERT INTO teas (id, name) VALUES (?, ?)",
                IntStream.range(0, 2_000)
                        .mapToObj(n -> new Object[] {n, "tea " + n})
                        .toList());
        plans.watch();
    }

    @Test
    void a_statement_without_an_index_is_named_with_its_table() throws SQLException {
        service.queryForList("SELECT id FROM teas WHERE name = ?", "tea 7");
        service.update("UPDATE teas SET name = ? WHERE name = ?", "green", "tea 8");
        assertThat(plans.scans(Map.of()))
                .hasSize(2)
                .allMatch(scan -> scan.startsWith("table=teas"))
                .anyMatch(scan -> scan.endsWith("SELECT id FROM teas WHERE name = ?"))
                .anyMatch(scan -> scan.endsWith("UPDATE teas SET name = ? WHERE name = ?"));
    }

    @Test
    void a_message_of_several_statements_is_looked_at_statement_by_statement() throws SQLException {
        service.execute("""
                INSERT INTO teas (id, name) VALUES (5000, 'oolong');
                UPDATE teas SET name = x'41' WHERE name = 'tea 7';
                UPDATE teas SET name = 'green' WHERE id IN (8,9)""");
        assertThat(plans.statements()).hasSize(2);
        assertThat(plans.scans(Map.of()))
                .singleElement()
                .asString()
                .endsWith("UPDATE teas SET name = ? WHERE name = ?");
    }

    @Test
    void an_index_that_is_read_from_end_to_end_is_a_scan_too() throws SQLException {
        service.queryForList("SELECT id FROM teas ORDER BY id");
        assertThat(plans.scans(Map.of())).singleElement().asString().contains("type=index");
    }

    @Test
    void statements_that_walk_an_index_and_excused_ones_are_not_named() throws SQLException {
        service.queryForList("SELECT name FROM teas WHERE id = ? FOR UPDATE NOWAIT", 7);
        service.update("DELETE FROM teas WHERE id IN (?, ?)", 7, 8);
        service.queryForObject("SELECT COUNT(*) FROM teas", Long.class);
        assertThat(plans.scans(Map.of("SELECT COUNT(*)", "counted once a day"))).isEmpty();
    }

    @Test
    void it_is_told_whether_an_index_is_read_alone_or_its_rows_too() throws SQLException {
        service.execute("CREATE INDEX by_name ON teas (name)");
        service.queryForList("SELECT id FROM teas WHERE name = ?", "tea 7");
        service.queryForList("SELECT name FROM teas WHERE id = ?", 7);
        assertThat(plans.explained("SELECT id"))
                .singleElement()
                .asString()
                .contains("key=by_name")
                .contains("Using index");
        assertThat(plans.explained("SELECT name")).singleElement().asString().doesNotContain("Using index");
    }

    @Test
    void what_differs_in_numbers_and_repetitions_is_one_statement_and_the_longest_stands_for_all() {
        service.queryForList("SELECT name FROM teas WHERE id IN (?, ?)", 1, 2);
        service.queryForList("SELECT name FROM teas WHERE id IN (?, ?, ?)", 1, 2, 3);
        service.queryForList("SELECT name FROM teas WHERE (id = ?) OR (id = ?) LIMIT 3", 1, 2);
        service.queryForList("SELECT name FROM teas WHERE (id = ?) OR (id = ?) OR (id = ?) LIMIT 4", 1, 2, 3);
        assertThat(plans.statements())
                .isEqualTo(List.of(
                        "SELECT name FROM teas WHERE (id = ?) OR (id = ?) OR (id = ?) LIMIT 4",
                        "SELECT name FROM teas WHERE id IN (?, ?, ?)"));
    }
}
