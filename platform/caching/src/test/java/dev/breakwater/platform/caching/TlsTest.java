package dev.breakwater.platform.caching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.testing.SecureServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;

/** The configuration files that every service with caches has, against servers that answer over TLS alone. */
class TlsTest {

    private static final String TOPIC = "changes.behind.tls";

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withPropertyValues(
                    "spring.config.import=classpath:platform/caching.yaml,classpath:platform/changes.yaml",
                    "REDIS_ADDRESS=" + SecureServers.redis().address(),
                    "KAFKA_ADDRESSES=" + SecureServers.kafka().address(),
                    // Where it cannot be reached in time, a test must say so and not a machine that is busy.
                    "spring.data.redis.timeout=5s",
                    "spring.data.redis.connect-timeout=5s",
                    "spring.kafka.producer.key-serializer=" + StringSerializer.class.getName(),
                    "spring.kafka.producer.value-serializer=" + ByteArraySerializer.class.getName())
            .withConfiguration(AutoConfigurations.of(
                    SslAutoConfiguration.class,
                    CachingAutoConfiguration.class,
                    DataRedisAutoConfiguration.class,
                    KafkaAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class);

    @Test
    void values_are_shared_over_tls_the_hot_ones_too() {
        service.withPropertyValues("REDIS_TLS=true")
                .withPropertyValues(SecureServers.trust(SecureServers.authority()))
                .run(context -> {
                    var caches = context.getBean(Caches.class);
                    var one = caches.of("tea", key -> new Cached(7, key.getBytes(UTF_8)), key -> true, () -> true);
                    var other = caches.of("tea", key -> Cached.ABSENT, key -> true, () -> true);

                    one.get("green");

                    assertThat(other.get("green").cached().version()).isEqualTo(7);
                });
    }

    @Test
    void a_redis_whose_authority_is_unknown_is_not_believed() {
        service.withPropertyValues("REDIS_TLS=true")
                .withPropertyValues(SecureServers.trust(SecureServers.strangeAuthority()))
                .run(context ->
                        assertThatThrownBy(() -> ping(context)).hasStackTraceContaining("CertPathValidatorException"));
    }

    @Test
    void who_comes_to_redis_without_tls_gets_no_answer() {
        service.run(context -> assertThatThrownBy(() -> ping(context)).isNotNull());
    }

    @Test
    @SuppressWarnings("unchecked")
    void changes_are_heard_over_tls() {
        service.withPropertyValues("KAFKA_SECURITY_PROTOCOL=SSL")
                .withPropertyValues(SecureServers.trust(SecureServers.authority()))
                .run(context -> {
                    context.getBean(KafkaAdmin.class).createOrModifyTopics(new NewTopic(TOPIC, 1, (short) 1));
                    var heard = new CopyOnWriteArrayList<String>();
                    ConsumerFactory<String, byte[]> consumers = context.getBean(ConsumerFactory.class);
                    var feed = new ChangeFeed(consumers, TOPIC, Duration.ofMinutes(1));
                    feed.listen(records -> records.forEach(one -> heard.add(one.key())));
                    feed.start();
                    try {
                        KafkaTemplate<String, byte[]> kafka = context.getBean(KafkaTemplate.class);
                        kafka.send(TOPIC, "green", new byte[0]).get(10, TimeUnit.SECONDS);
                        await().atMost(Duration.ofSeconds(30)).until(() -> heard.contains("green"));
                    } finally {
                        feed.stop();
                    }
                });
    }

    private static void ping(AssertableApplicationContext context) {
        try (var connection = context.getBean(LettuceConnectionFactory.class).getConnection()) {
            assertThat(connection.ping()).isEqualTo("PONG");
        }
    }
}
