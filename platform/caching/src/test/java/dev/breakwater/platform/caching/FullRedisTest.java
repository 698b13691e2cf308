package dev.breakwater.platform.caching;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;

/** A Redis with less memory than there are pages. */
class FullRedisTest {

    private static final long FULL_AT = 4 << 20;

    private final LettuceConnectionFactory connections = RedisDeployment.ONE_NODE.connect();
    private final RedisTemplate<String, byte[]> redis = RedisLevels.template(connections);
    private final RedisCache cache = new RedisCache(
            redis,
            CircuitBreaker.ofDefaults("redis"),
            UUID.randomUUID() + ":",
            UsualProperties.USUAL,
            System::currentTimeMillis);
    private String before = "";

    @BeforeEach
    void bound() {
        before = memory();
        bound(Long.toString(FULL_AT));
    }

    @AfterEach
    void unbound() {
        bound(before);
        connections.destroy();
    }

    @Test
    void pages_make_room_for_others_and_for_everything_else_that_is_kept_there() {
        for (var page = 0; page < 10_000; page++) {
            cache.put("page-" + page, new Cached(1, new byte[1_000]), 1_000_000);
        }

        assertThat(cache.get("page-9999")).isPresent();
        var lease = UUID.randomUUID().toString();
        assertThat(redis.opsForValue().setIfAbsent(lease, new byte[1], Duration.ofSeconds(5)))
                .isTrue();
        assertThat(used()).isLessThan(2 * FULL_AT);
    }

    private String memory() {
        try (var connection = connections.getConnection()) {
            return String.valueOf(connection.serverCommands().getConfig("maxmemory"))
                    .replaceAll("[^0-9]", "");
        }
    }

    private void bound(String bytes) {
        try (var connection = connections.getConnection()) {
            connection.serverCommands().setConfig("maxmemory", bytes);
        }
    }

    private long used() {
        try (var connection = connections.getConnection()) {
            var memory = Objects.requireNonNull(connection.serverCommands().info("memory"));
            return Long.parseLong(memory.getProperty("used_memory"));
        }
    }
}
