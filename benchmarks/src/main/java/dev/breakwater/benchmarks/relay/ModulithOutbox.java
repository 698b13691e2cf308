package dev.breakwater.benchmarks.relay;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DeferredImportSelector;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.RoutingTarget;
import org.springframework.modulith.events.support.EventExternalizationTransport;
import org.springframework.modulith.events.support.EventExternalizerModuleListener;
import org.springframework.transaction.TransactionStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * Spring Modulith's event publication registry over JDBC with externalization to Kafka, at its quickest:
 *
 * <ul>
 *   <li>The live road, from the commit: each event goes to Kafka on a thread of its own, from memory. Resubmission, the
 *       road after a crash, reads the rows again and marks each with a commit more, in one thread. The outbox mode of
 *       Modulith 2.1 hands the work to Namastack, which is measured by itself.
 *   <li>Virtual threads; completed publications are deleted, which leaves a small table for the next.
 *   <li>The payload is sent as the bytes that Kafka is to have, through the same producer as ours, and each thread
 *       waits for its acknowledgement, so that completions commit side by side. The transport of
 *       spring-modulith-events-kafka completes them one after the other in the producer's own thread.
 * </ul>
 *
 * <p>It does not keep the order within a key: nothing but externalizing one event at a time would.
 */
final class ModulithOutbox implements OutboxUnderTest {

    private final PeerContext context;
    private @Nullable TransactionStatus transaction;

    private ModulithOutbox(PeerContext context) {
        this.context = context;
    }

    static OutboxUnderTest open(int poolSize, RelayKafka kafka) {
        return new ModulithOutbox(new PeerContext(
                poolSize,
                kafka,
                Application.class,
                List.of(
                        "spring.modulith.events.jdbc.schema-initialization.enabled=true",
                        "spring.modulith.events.completion-mode=delete",
                        // Of twenty thousand threads most would only queue for a connection.
                        "spring.task.execution.simple.concurrency-limit=" + 8 * poolSize,
                        "spring.task.execution.simple.reject-tasks-when-limit-reached=false")));
    }

    @Override
    public void store(List<OrderEvent> batch) {
        transaction = context.begin();
        batch.forEach(context::publish);
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
        return context.isEmpty("EVENT_PUBLICATION");
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
    @Import(AutoConfigurations.class)
    static class Application {

        @Bean
        static EventExternalizationConfiguration externalization(RelayKafka kafka) {
            return EventExternalizationConfiguration.externalizing()
                    .selectByType(OrderEvent.class)
                    .route(
                            OrderEvent.class,
                            event -> RoutingTarget.forTarget(kafka.topic()).andKey(event.orderId()))
                    .build();
        }

        @Bean
        EventExternalizerModuleListener externalizer(
                EventExternalizationConfiguration configuration, RelayKafka kafka, JsonMapper json) {
            EventExternalizationTransport transport = (event, target) -> {
                var sent = kafka.template()
                        .send(new ProducerRecord<>(target.getTarget(), target.getKey(), json.writeValueAsBytes(event)));
                sent.join();
                return sent;
            };
            return new EventExternalizerModuleListener(configuration, transport);
        }
    }

    /** By their names and in their order, for some of Modulith's are not public. */
    static final class AutoConfigurations implements DeferredImportSelector {

        @Override
        public String[] selectImports(AnnotationMetadata importing) {
            return new String[] {
                "org.springframework.boot.autoconfigure.aop.AopAutoConfiguration",
                "org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration",
                "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
                "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
                "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
                "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration",
                "org.springframework.modulith.events.jackson.JacksonEventSerializationConfiguration",
                "org.springframework.modulith.events.jdbc.JdbcEventPublicationAutoConfiguration",
                "org.springframework.modulith.events.config.EventPublicationAutoConfiguration",
                "org.springframework.modulith.events.config.EventExternalizationAutoConfiguration"
            };
        }
    }
}
