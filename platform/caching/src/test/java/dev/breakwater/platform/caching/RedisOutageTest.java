package dev.breakwater.platform.caching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.testing.Servers;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

class RedisOutageTest {

    private static final CachingProperties PROPERTIES = UsualProperties.USUAL;

    private final LettuceConnectionFactory connections = RedisDeployment.ONE_NODE.connect();
    private final RedisCache cache = new RedisCache(
            RedisLevels.template(connections),
            CircuitBreaker.ofDefaults("redis"),
            UUID.randomUUID() + ":",
            PROPERTIES,
            System::currentTimeMillis);

    @AfterEach
    void disconnect() {
        Servers.bringBack(Servers.redis());
        connections.destroy();
    }

    @Test
    void a_redis_that_is_away_or_stands_still_has_nothing_and_is_found_again() {
        cache.put("tea", cached(1, "green"), 1_000_000);
        Servers.redis().pause();
        assertThat(cache.get("tea")).isEmpty();
        Servers.redis().resume();
        assertThat(cache.get("tea")).isPresent();

        Servers.redis().kill();
        assertThat(cache.get("tea")).isEmpty();
        cache.put("tea", cached(1, "green"), 1_000_000);
        cache.invalidate("tea", 2);
    }

    private static Cached cached(long version, String body) {
        return new Cached(version, body.getBytes(UTF_8));
    }
}
