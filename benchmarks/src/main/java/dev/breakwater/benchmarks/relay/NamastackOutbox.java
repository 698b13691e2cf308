package dev.breakwater.benchmarks.relay;

import io.namastack.outbox.Outbox;
import io.namastack.outbox.OutboxJacksonAutoConfiguration;
import io.namastack.outbox.config.JdbcOutboxAutoConfiguration;
import io.namastack.outbox.config.JdbcOutboxSchemaAutoConfiguration;
import io.namastack.outbox.config.OutboxCoreInfrastructureAutoConfiguration;
import io.namastack.outbox.config.OutboxCoreProcessingAutoConfiguration;
import io.namastack.outbox.config.OutboxCoreSchedulingAutoConfiguration;
import io.namastack.outbox.config.OutboxCoreThreadingAutoConfiguration;
import io.namastack.outbox.handler.OutboxTypedHandler;
import io.namastack.outbox.partition.PartitionCoordinator;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.TransactionStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * Namastack's outbox over JDBC, which Spring Modulith 2.1 uses in its outbox mode, at its quickest: looks again every
 * 10 ms instead of 2 s, takes all thousand keys in one cycle instead of ten, works on them on virtual threads, and
 * deletes what was handled instead of keeping it in a table that grows.
 *
 * <p>It keeps the order within a key only for messages stored in different seconds: its table for MariaDB knows the
 * time of a record to the second.
 *
 * <p>The handler does what Namastack's own for Kafka does: it sends and waits for the acknowledgement, for a record
 * counts as handled when the handler returns. The payload goes through the same producer as ours.
 */
final class NamastackOutbox implements OutboxUnderTest {

    private final PeerContext context;
    private final Outbox outbox;
    private @Nullable TransactionStatus transaction;

    private NamastackOutbox(PeerContext context) {
        this.context = context;
        outbox = context.bean(Outbox.class);
        // Takes its partitions now and not at the first turn of its clock.
        context.bean(PartitionCoordinator.class).rebalance();
    }

    static OutboxUnderTest open(int poolSize, RelayKafka kafka) {
        return new NamastackOutbox(new PeerContext(
                poolSize,
                kafka,
                Application.class,
                List.of(
                        "namastack.outbox.polling.fixed.interval=10ms",
                        "namastack.outbox.polling.batch-size=1000",
                        "namastack.outbox.processing.delete-completed-records=true",
                        "namastack.outbox.instance.heartbeat-interval=1m",
                        "namastack.outbox.instance.stale-instance-timeout=10m",
                        "namastack.outbox.processing.executor-concurrency-limit=" + 8 * poolSize)));
    }

    @Override
    public void store(List<OrderEvent> batch) {
        transaction = context.begin();
        batch.forEach(event -> outbox.schedule(event, event.orderId()));
    }

    @Override
    public void commit() {
        var stored = transaction;
        if (stored == null) {
            throw new IllegalStateException("nothing was stored");
        }
        context.commit(stored);
    }

    @Override
    public boolean isEmpty() {
        return context.isEmpty("outbox_record");
    }

    @Override
    public boolean keepsOrder() {
        return false;
    }

    @Override
    public void close() {
        context.close();
    }

    /** The application around it. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TaskExecutionAutoConfiguration.class,
        TaskSchedulingAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        OutboxJacksonAutoConfiguration.class,
        JdbcOutboxSchemaAutoConfiguration.class,
        JdbcOutboxAutoConfiguration.class,
        OutboxCoreInfrastructureAutoConfiguration.class,
        OutboxCoreThreadingAutoConfiguration.class,
        OutboxCoreProcessingAutoConfiguration.class,
        OutboxCoreSchedulingAutoConfiguration.class
    })
    static class Application {

        @Bean
        OutboxTypedHandler<OrderEvent> handler(RelayKafka kafka, JsonMapper json) {
            return new ToKafka(kafka, json);
        }
    }

    /** A class and not a lambda: the payload's type is read from it. */
    private record ToKafka(RelayKafka kafka, JsonMapper json) implements OutboxTypedHandler<OrderEvent> {

        @Override
        public void handle(OrderEvent event, io.namastack.outbox.handler.OutboxRecordMetadata metadata) {
            kafka.template()
                    .send(new ProducerRecord<>(kafka.topic(), event.orderId(), json.writeValueAsBytes(event)))
                    .join();
        }
    }
}
