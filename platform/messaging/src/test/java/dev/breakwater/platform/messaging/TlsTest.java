package dev.breakwater.platform.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.platform.testing.SecureServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;

/** The configuration file that every service has, against a broker that answers over TLS alone. */
class TlsTest {

    private static final String TOPIC = "behind.tls";

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withPropertyValues(
                    "spring.config.import=classpath:platform/messaging.yaml",
                    "spring.kafka.consumer.group-id=tls",
                    "KAFKA_ADDRESSES=" + SecureServers.kafka().address())
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, KafkaAutoConfiguration.class));

    @Test
    void topics_are_made_and_messages_sent_and_received_over_tls() {
        service.withPropertyValues("KAFKA_SECURITY_PROTOCOL=SSL")
                .withPropertyValues(SecureServers.trust(SecureServers.authority()))
                .run(context -> {
                    context.getBean(KafkaAdmin.class).createOrModifyTopics(new NewTopic(TOPIC, 1, (short) 1));

                    kafka(context).send(TOPIC, "key", "sent".getBytes(UTF_8)).get(10, TimeUnit.SECONDS);

                    assertThat(received(context)).contains("sent");
                });
    }

    @Test
    void a_broker_whose_authority_is_unknown_is_not_believed() {
        service.withPropertyValues("KAFKA_SECURITY_PROTOCOL=SSL")
                .withPropertyValues(SecureServers.trust(SecureServers.strangeAuthority()))
                .run(context -> assertThatThrownBy(() -> kafka(context).send(TOPIC, "key", new byte[0]))
                        .hasStackTraceContaining("SslAuthenticationException"));
    }

    @Test
    void who_comes_without_tls_gets_no_answer() {
        service.run(context -> assertThatThrownBy(() -> kafka(context).send(TOPIC, "key", new byte[0]))
                .hasStackTraceContaining("not present in metadata"));
    }

    @SuppressWarnings("unchecked")
    private static KafkaTemplate<String, byte[]> kafka(AssertableApplicationContext context) {
        return context.getBean(KafkaTemplate.class);
    }

    @SuppressWarnings("unchecked")
    private static List<String> received(AssertableApplicationContext context) {
        ConsumerFactory<String, byte[]> consumers = context.getBean(ConsumerFactory.class);
        try (var consumer = consumers.createConsumer()) {
            consumer.subscribe(List.of(TOPIC));
            for (var turn = 0; turn < 60; turn++) {
                var records = consumer.poll(Duration.ofMillis(500));
                if (!records.isEmpty()) {
                    return StreamSupport.stream(records.spliterator(), false)
                            .map(one -> new String(one.value(), UTF_8))
                            .toList();
                }
            }
            return List.of();
        }
    }
}
