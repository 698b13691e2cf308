package dev.breakwater.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.platform.caching.ChangeFeed;
import dev.breakwater.platform.testing.SecureServers;
import dev.breakwater.platform.testing.TestAuthority;
import java.time.Duration;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A gateway whose Redis and Kafka answer over TLS alone. */
class TlsTest extends GatewayUnderTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Autowired
    private RedisSharing sharing;

    @Autowired
    private ChangeFeed productFeed;

    @Autowired
    private KafkaAdmin kafka;

    @DynamicPropertySource
    static void secure(DynamicPropertyRegistry registry) {
        registry.add("breakwater.redis.address", () -> SecureServers.redis().address());
        registry.add(
                "spring.kafka.bootstrap-servers", () -> SecureServers.kafka().address());
        registry.add("REDIS_TLS", () -> true);
        registry.add("KAFKA_SECURITY_PROTOCOL", () -> "SSL");
        registry.add("TLS_TRUST_STORE", () -> SecureServers.authority().trustStore());
        registry.add("TLS_TRUST_STORE_PASSWORD", () -> TestAuthority.TRUST_STORE_PASSWORD);
    }

    @Test
    void limits_are_shared_and_changes_heard() {
        kafka.createOrModifyTopics(new NewTopic("inventory.products", 1, (short) 1));

        await().atMost(LONG).until(sharing::isPossible);
        await().atMost(LONG).until(productFeed::isCurrent);
        assertThat(send(asAlice("/api/v1/orders")).statusCode()).isEqualTo(204);
    }
}
