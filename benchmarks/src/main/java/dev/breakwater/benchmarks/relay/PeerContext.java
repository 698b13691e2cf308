package dev.breakwater.benchmarks.relay;

import dev.breakwater.benchmarks.Database;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** A library as it wants to be run: in a Spring Boot application, of nothing but itself. */
final class PeerContext implements AutoCloseable {

    private final Database database;
    private final ConfigurableApplicationContext context;
    private final PlatformTransactionManager transactions;
    private final JdbcTemplate jdbc;

    PeerContext(int poolSize, RelayKafka kafka, Class<?> configuration, List<String> properties) {
        database = Database.freshWithoutAutoCommit(poolSize);
        context = new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .bannerMode(org.springframework.boot.Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                // On this class path lie the configurations of the services, which are none of a library's business.
                .properties("spring.config.name=no-file-of-a-service", "spring.threads.virtual.enabled=true")
                .properties(properties.toArray(String[]::new))
                .initializers(starting -> {
                    var beans = (GenericApplicationContext) starting;
                    beans.registerBean(DataSource.class, database::dataSource);
                    beans.registerBean(RelayKafka.class, () -> kafka);
                })
                .run();
        transactions = context.getBean(PlatformTransactionManager.class);
        jdbc = new JdbcTemplate(database.dataSource());
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    void publish(Object event) {
        context.publishEvent(event);
    }

    TransactionStatus begin() {
        return transactions.getTransaction(new DefaultTransactionDefinition());
    }

    void commit(TransactionStatus transaction) {
        transactions.commit(transaction);
    }

    boolean isEmpty(String table) {
        return jdbc.query("SELECT 1 FROM " + table + " LIMIT 1", (row, n) -> 1).isEmpty();
    }

    @Override
    public void close() {
        context.close();
        database.close();
    }
}
