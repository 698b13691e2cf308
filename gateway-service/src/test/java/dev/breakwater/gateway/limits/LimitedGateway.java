package dev.breakwater.gateway.limits;

import static org.awaitility.Awaitility.await;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.platform.testing.TestTokens;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Every test has customers and addresses of its own, and rules so slow that nothing comes back while it runs. */
@TestPropertySource(
        properties = {
            "breakwater.gateway.trusted-proxies=127.0.0.1,::1",
            "breakwater.gateway.limits.rules.placements.rate=3",
            "breakwater.gateway.limits.rules.placements.per=90s",
            "breakwater.gateway.limits.rules.placements.burst=3",
            "breakwater.gateway.limits.rules.anonymous.rate=5",
            "breakwater.gateway.limits.rules.anonymous.per=200s",
            "breakwater.gateway.limits.rules.anonymous.burst=5",
            "breakwater.gateway.limits.rules.audits.each=customer",
            "breakwater.gateway.limits.rules.audits.paths=/api/v1/audit",
            "breakwater.gateway.limits.rules.audits.rate=2",
            "breakwater.gateway.limits.rules.audits.per=100s"
        })
abstract class LimitedGateway extends GatewayUnderTest {

    static final Duration LONG = Duration.ofSeconds(30);

    final String customer = "customer-" + UUID.randomUUID();

    @Autowired
    protected RedisSharing sharing;

    @BeforeEach
    void awaitRedis() {
        await().atMost(LONG).until(sharing::isPossible);
    }

    final HttpRequest.Builder as(String whom, String path) {
        return request(path).header("Authorization", "Bearer " + TestTokens.customer(whom));
    }

    final HttpRequest.Builder from(String client, String path) {
        return request(path).header("X-Forwarded-For", client);
    }

    static List<Integer> statuses(int count, Supplier<HttpResponse<String>> call) {
        return IntStream.range(0, count).mapToObj(_ -> call.get().statusCode()).toList();
    }
}
