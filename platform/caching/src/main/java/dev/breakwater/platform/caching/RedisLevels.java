package dev.breakwater.platform.caching;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.Objects;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;

/**
 * Shared levels in Redis. Hot keys have a connection, a breaker and a prefix of their own, and a server of their own
 * where one is configured.
 */
final class RedisLevels implements SharedLevels, DisposableBean {

    private static final String HOT = "hot:";

    private final CachingProperties properties;
    private final CircuitBreakerRegistry breakers;
    private final RedisTemplate<String, byte[]> rest;
    private final LettuceConnectionFactory hotConnections;
    private final RedisTemplate<String, byte[]> hot;

    RedisLevels(CachingProperties properties, LettuceConnectionFactory connections, CircuitBreakerRegistry breakers) {
        this.properties = properties;
        this.breakers = breakers;
        this.rest = template(connections);
        this.hotConnections = hotConnections(properties.hot().redisUrl(), connections);
        this.hot = template(hotConnections);
    }

    @Override
    public SharedCache of(String name, HotKeys keys) {
        return new HotSharedCache(cache(rest, "redis", name + ":"), cache(hot, "redis-hot", HOT + name + ":"), keys);
    }

    @Override
    public HotBoard board(String name) {
        return new RedisHotBoard(rest, breakers.circuitBreaker("redis"), "hot-keys:" + name, System::currentTimeMillis);
    }

    @Override
    public void destroy() {
        hotConnections.destroy();
    }

    private RedisCache cache(RedisTemplate<String, byte[]> redis, String breaker, String prefix) {
        return new RedisCache(redis, breakers.circuitBreaker(breaker), prefix, properties, System::currentTimeMillis);
    }

    private static LettuceConnectionFactory hotConnections(String url, LettuceConnectionFactory rest) {
        var client = rest.getClientConfiguration();
        if (!url.isBlank() && url.startsWith("rediss") != client.isUseSsl()) {
            throw new IllegalArgumentException(
                    "breakwater.caching.hot.redis-url must use TLS (rediss) where spring.data.redis.ssl.enabled says so, and nowhere else.");
        }
        var connections = url.isBlank()
                ? new LettuceConnectionFactory(configuration(rest), client)
                : new LettuceConnectionFactory(LettuceConnectionFactory.createRedisConfiguration(url), client);
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }

    /** Where the rest is. */
    private static RedisConfiguration configuration(LettuceConnectionFactory rest) {
        return rest.isClusterAware()
                ? Objects.requireNonNull(rest.getClusterConfiguration())
                : rest.getStandaloneConfiguration();
    }

    static RedisTemplate<String, byte[]> template(LettuceConnectionFactory connections) {
        var redis = new RedisTemplate<String, byte[]>();
        redis.setConnectionFactory(connections);
        redis.setKeySerializer(RedisSerializer.string());
        redis.setHashKeySerializer(RedisSerializer.string());
        redis.setHashValueSerializer(RedisSerializer.byteArray());
        redis.setValueSerializer(RedisSerializer.byteArray());
        redis.afterPropertiesSet();
        return redis;
    }
}
