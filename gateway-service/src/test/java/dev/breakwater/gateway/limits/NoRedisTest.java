package dev.breakwater.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.gateway.GatewayUnderTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(
        properties = {
            "breakwater.redis.address=localhost:1",
            "breakwater.gateway.limits.gateways=2",
            "breakwater.gateway.limits.rules.audits.paths=/api/v1/audit",
            "breakwater.gateway.limits.rules.audits.rate=4",
            "breakwater.gateway.limits.rules.audits.per=100s"
        })
class NoRedisTest extends GatewayUnderTest {

    @Test
    void a_gateway_starts_without_redis_and_lets_its_share_through() {
        var ready =
                HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/actuator/health/readiness"));
        assertThat(send(ready).statusCode()).isEqualTo(200);

        assertThat(IntStream.range(0, 4).map(_ -> send(asAlice("/api/v1/audit")).statusCode()))
                .containsExactly(403, 403, 429, 429);
        assertThat(send(asAlice("/api/v1/orders/" + UUID.randomUUID())).statusCode())
                .isEqualTo(204);
    }
}
