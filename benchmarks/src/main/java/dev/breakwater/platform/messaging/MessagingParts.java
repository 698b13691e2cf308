package dev.breakwater.platform.messaging;

import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.persistence.UuidV7;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Outbox and inbox without a relay: what is measured is what a transaction writes. */
public final class MessagingParts {

    private MessagingParts() {}

    public static Outbox outbox(JdbcTemplate jdbc) {
        return new Outbox(jdbc, new UuidV7(), Clock.systemUTC(), new CurrentTrace(Tracer.NOOP), () -> {});
    }

    /** There is no Kafka behind it: a dead letter, which nobody expects, ends the measurement. */
    public static MessageConsumer consumer(JdbcTemplate jdbc, Transactions transactions) {
        var nowhere = new KafkaTemplate<String, byte[]>(new DefaultKafkaProducerFactory<>(Map.of()));
        return new MessageConsumer(transactions, new Inbox(jdbc, Clock.systemUTC()), new DeadLetterSender(nowhere));
    }
}
