package dev.breakwater.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.platform.persistence.Recounts;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.WithServers;
import dev.breakwater.platform.testing.WithServers.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What may take longer than a statement of a request: 4 s, with 3 s for a statement and 3.5 s for the socket. */
@WithServers({Kind.MARIADB, Kind.KAFKA})
@SpringBootTest(
        properties = {
            "spring.config.import=classpath:platform/web.yaml,classpath:platform/persistence.yaml,classpath:platform/messaging.yaml",
            "spring.application.name=slow-migration",
            // So that all of the test is about one connection.
            "DATABASE_POOL_SIZE=1",
            "DATABASE_OPTIONS=&socketTimeout=3500"
        })
@Timeout(120)
class LongStatementsTest {

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Transactions transactions;

    @Autowired
    private Recounts recounts;

    @Configuration
    @EnableAutoConfiguration
    static class App {}

    @Test
    void a_migration_takes_the_time_it_needs() {
        assertThat(jdbc.queryForObject("SELECT slept FROM migrated", Integer.class))
                .as("0: to the end")
                .isZero();
    }

    @Test
    void a_recount_takes_longer_than_another_statement_may_and_leaves_the_connection_as_it_was() {
        assertThatThrownBy(() -> transactions.snapshot(this::sleep)).isInstanceOf(QueryTimeoutException.class);

        assertThat(recounts.recount(this::sleep)).as("1: to the end").isEqualTo(1);
        assertThat(statementLimit()).isEqualTo(3);
    }

    @Test
    void a_recount_that_fails_leaves_the_connection_as_it_was() {
        assertThatThrownBy(() -> recounts.recount(() -> {
                    assertThat(statementLimit()).isEqualTo(20);
                    throw new IllegalStateException("in the middle of it");
                }))
                .hasMessage("in the middle of it");
        assertThat(statementLimit()).isEqualTo(3);
    }

    private int sleep() {
        // MySQL ends a sleep that is all there is, and calls it an answer.
        var slept = jdbc.queryForObject("SELECT COUNT(*) FROM migrated WHERE SLEEP(4) = 0", Integer.class);
        return slept == null ? -1 : slept;
    }

    /** In seconds. */
    private double statementLimit() {
        var limit = jdbc.queryForObject(
                Servers.isMySql() ? "SELECT @@max_execution_time / 1000" : "SELECT @@max_statement_time", Double.class);
        return limit == null ? -1 : limit;
    }
}
