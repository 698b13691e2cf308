package dev.breakwater.platform.messaging;

import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.persistence.UuidV7;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** What every service that sends or receives messages gets by depending on this module. */
@AutoConfiguration(
        afterName = {
            "dev.breakwater.platform.persistence.PersistenceAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"
        })
@EnableConfigurationProperties(MessagingProperties.class)
public class MessagingAutoConfiguration {

    @Bean
    Relay relay(JdbcTemplate jdbc, KafkaTemplate<String, byte[]> kafka, Transactions transactions) {
        return new Relay(jdbc, kafka, transactions);
    }

    @Bean
    CurrentTrace currentTrace(Tracer tracer) {
        return new CurrentTrace(tracer);
    }

    @Bean
    Outbox outbox(JdbcTemplate jdbc, UuidV7 ids, Clock clock, CurrentTrace trace, Relay relay) {
        return new Outbox(jdbc, ids, clock, trace, relay::wake);
    }

    @Bean
    OutboxMeters outboxMeters(JdbcTemplate jdbc, Clock clock, MeterRegistry meters) {
        return new OutboxMeters(jdbc, clock, meters);
    }

    @Bean
    Inbox inbox(JdbcTemplate jdbc, Clock clock) {
        return new Inbox(jdbc, clock);
    }

    @Bean
    InboxCleaning inboxCleaning(Inbox inbox) {
        return new InboxCleaning(inbox);
    }

    @Bean
    MessageConsumer messageConsumer(Transactions transactions, Inbox inbox, KafkaTemplate<String, byte[]> kafka) {
        return new MessageConsumer(transactions, inbox, new DeadLetterSender(kafka));
    }

    /**
     * What reaches the container is a passing fault, for {@link MessageConsumer} deals with the others: repeat without
     * end.
     */
    @Bean
    CommonErrorHandler repeatWithoutEnd() {
        var backOff = new ExponentialBackOff(200, 2);
        backOff.setMaxInterval(2_000);
        backOff.setMaxElapsedTime(Long.MAX_VALUE);
        return new DefaultErrorHandler(backOff);
    }

    @Bean
    TopicCreation topicCreation(KafkaAdmin admin, MessagingProperties properties) {
        return new TopicCreation(admin, properties);
    }

    @Bean
    MessagingLedger messagingLedger(
            JdbcClient jdbc, ObjectProvider<KafkaListenerEndpointRegistry> listeners, KafkaAdmin admin) {
        return new MessagingLedger(jdbc, listeners, admin);
    }
}
