package dev.breakwater.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.platform.testing.Servers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneMessageTest {

    private static final MultiRowInsert LEFT = MultiRowInsert.into("left_table", "id", "text");
    private static final MultiRowInsert RIGHT = MultiRowInsert.into("right_table", "id", "text");

    private final SingleConnectionDataSource database = open();
    private final AtomicInteger executions = new AtomicInteger();
    private final DataSource watched = ProxyDataSourceBuilder.create(database)
            .afterQuery((execution, queries) -> executions.incrementAndGet())
            .build();
    private final JdbcTemplate jdbc = new ServerTimedJdbcTemplate(watched);
    private final Transactions transactions = new Transactions(new JdbcTransactionManager(watched), 10);

    @BeforeAll
    void tables() {
        for (var table : List.of("left_table", "right_table")) {
            jdbc.execute("CREATE TABLE " + table + " (id INT NOT NULL PRIMARY KEY, text MEDIUMTEXT NOT NULL)");
        }
    }

    @BeforeEach
    void empty() {
        jdbc.update("DELETE FROM left_table");
        jdbc.update("DELETE FROM right_table");
    }

    @AfterAll
    void close() {
        database.destroy();
    }

    @Test
    void what_is_written_together_is_one_message_to_the_server() {
        executions.set(0);
        OneMessage.together(() -> {
            insert(LEFT, 1);
            insert(RIGHT, 1);
            OneMessage.execute(
                    jdbc, new Literals().sql("UPDATE left_table SET text = ").text("it's {new}; SELECT 1"));
        });
        assertThat(executions).hasValue(1);
        assertThat(jdbc.queryForObject("SELECT text FROM left_table", String.class))
                .isEqualTo("it's {new}; SELECT 1");
        assertThat(rows("right_table")).isEqualTo(1);
    }

    @Test
    void work_within_work_is_a_part_of_the_same_message() {
        OneMessage.together(() -> {
            insert(LEFT, 1);
            OneMessage.together(() -> insert(RIGHT, 1));
            insert(LEFT, 2);
        });
        assertThat(rows("left_table")).isEqualTo(2);
        assertThat(rows("right_table")).isEqualTo(1);
    }

    @Test
    void nothing_to_write_is_no_message() {
        OneMessage.together(() -> LEFT.insert(jdbc, List.<Integer>of(), (row, id) -> row.number(id)));
        assertThat(rows("left_table")).isZero();
    }

    @Test
    void a_failure_anywhere_in_the_message_is_told_and_undoes_the_transaction() {
        for (var bad = 0; bad < 3; bad++) {
            var failing = bad;
            insert(RIGHT, 0);
            assertThatThrownBy(() -> transactions.write(() -> OneMessage.together(() -> {
                        for (var n = 0; n < 3; n++) {
                            if (n == failing) {
                                insert(RIGHT, 0);
                            } else {
                                insert(LEFT, n);
                            }
                        }
                    })))
                    .as("statement %d of 3", bad)
                    .isInstanceOf(DuplicateKeyException.class);
            assertThat(rows("left_table")).isZero();
            assertThat(rows("right_table")).isEqualTo(1);
            empty();
        }
    }

    @Test
    void the_connection_is_good_for_the_next_after_a_failure() {
        insert(RIGHT, 0);
        assertThatThrownBy(() -> OneMessage.together(() -> {
                    insert(RIGHT, 0);
                    insert(LEFT, 1);
                }))
                .isInstanceOf(DuplicateKeyException.class);
        insert(LEFT, 2);
        assertThat(jdbc.queryForList("SELECT id FROM left_table", Integer.class))
                .as("what stood behind the failure was not executed")
                .containsExactly(2);
    }

    @Test
    void a_message_that_grows_too_long_is_sent_in_pieces_and_in_order() {
        var text = "x".repeat(OneMessage.LONGEST / 3);
        OneMessage.together(() -> IntStream.range(0, 10)
                .forEach(id ->
                        LEFT.insert(jdbc, List.of(id), (row, n) -> row.number(n).text(text))));
        assertThat(rows("left_table")).isEqualTo(10);
    }

    @Test
    void a_statement_of_another_kind_is_refused_for_it_would_overtake() {
        assertThatThrownBy(() -> OneMessage.together(() -> {
                    insert(LEFT, 1);
                    rows("left_table");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(rows("left_table")).as("nothing was sent").isZero();
    }

    private void insert(MultiRowInsert table, int id) {
        table.insert(jdbc, List.of(id), (row, n) -> row.number(n).text("text"));
    }

    private long rows(String table) {
        var count = jdbc.queryForObject("SELECT COUNT(*) FROM " + table, Long.class);
        return count == null ? -1 : count;
    }

    private static SingleConnectionDataSource open() {
        var database = Servers.freshDatabase();
        return new SingleConnectionDataSource(database.jdbcUrl(), database.user(), database.password(), true);
    }
}
