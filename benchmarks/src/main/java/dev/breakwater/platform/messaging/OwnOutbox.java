package dev.breakwater.platform.messaging;

import dev.breakwater.benchmarks.Database;
import dev.breakwater.benchmarks.relay.OrderEvent;
import dev.breakwater.benchmarks.relay.OutboxUnderTest;
import dev.breakwater.benchmarks.relay.RelayKafka;
import dev.breakwater.platform.persistence.ServerTimedJdbcTemplate;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.persistence.UuidV7;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** Our outbox and its relay, wired as {@link MessagingAutoConfiguration} does. */
public final class OwnOutbox implements OutboxUnderTest {

    private static final int TRANSACTION_SECONDS = 3;

    private final Database database;
    private final String topic;
    private final JdbcTemplate jdbc;
    private final JdbcTransactionManager manager;
    private final Relay relay;
    private final Outbox outbox;
    private @Nullable TransactionStatus transaction;

    private OwnOutbox(Database database, RelayKafka kafka) {
        this.database = database;
        topic = kafka.topic();
        jdbc = new ServerTimedJdbcTemplate(database.dataSource());
        manager = new JdbcTransactionManager(database.dataSource());
        relay = new Relay(jdbc, kafka.template(), new Transactions(manager, TRANSACTION_SECONDS));
        outbox = new Outbox(jdbc, new UuidV7(), Clock.systemUTC(), new CurrentTrace(Tracer.NOOP), relay::wake);
        relay.start();
    }

    public static OutboxUnderTest open(int poolSize, RelayKafka kafka) {
        return new OwnOutbox(Database.fresh(poolSize, "db/platform"), kafka);
    }

    @Override
    public void store(List<OrderEvent> events) {
        transaction = manager.getTransaction(new DefaultTransactionDefinition());
        outbox.appendAll(events.stream()
                .map(event -> new Outgoing(topic, event.orderId(), "OrderEvent", 1, event))
                .toList());
    }

    @Override
    public void commit() {
        var stored = transaction;
        if (stored == null) {
            throw new IllegalStateException("nothing was stored");
        }
        manager.commit(stored);
    }

    @Override
    public boolean isEmpty() {
        return jdbc.query("SELECT 1 FROM outbox LIMIT 1", (row, n) -> 1).isEmpty();
    }

    @Override
    public boolean keepsOrder() {
        return true;
    }

    @Override
    public void close() {
        relay.stop();
        database.close();
    }
}
