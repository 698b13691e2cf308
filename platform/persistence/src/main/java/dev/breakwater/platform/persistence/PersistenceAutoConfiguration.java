package dev.breakwater.platform.persistence;

import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;

/** What every service with a database gets by depending on this module. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration"
        },
        // Whose template, and client over it, are then ours.
        beforeName = "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration")
@Import(DatabaseProblems.class)
@EnableScheduling
public class PersistenceAutoConfiguration {

    @Bean
    JdbcTemplate jdbcTemplate(DataSource dataSource) {
        return new ServerTimedJdbcTemplate(dataSource);
    }

    @Bean
    UuidV7 uuidV7() {
        return new UuidV7();
    }

    @Bean
    Transactions transactions(
            PlatformTransactionManager manager,
            @Value("${breakwater.persistence.transaction-timeout-seconds:3}") int timeoutSeconds) {
        return new Transactions(manager, timeoutSeconds);
    }

    @Bean
    Recounts recounts(
            JdbcTemplate jdbc,
            Transactions transactions,
            @Value("${breakwater.persistence.recount-time-limit:20s}") Duration timeLimit,
            @Value("${spring.datasource.hikari.connection-init-sql}") String usualLimits) {
        return new Recounts(jdbc, transactions, timeLimit, usualLimits);
    }

    @Bean
    IdempotencyRecords idempotencyRecords(JdbcTemplate jdbc, Clock clock) {
        return new IdempotencyRecords(jdbc, clock);
    }

    @Bean
    IdempotencyCleaning idempotencyCleaning(IdempotencyRecords records) {
        return new IdempotencyCleaning(records);
    }

    @Bean
    Figures figures(JdbcTemplate jdbc) {
        return new Figures(jdbc);
    }
}
