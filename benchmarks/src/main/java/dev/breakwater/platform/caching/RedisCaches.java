package dev.breakwater.platform.caching;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Caches as the services have them, memory before Redis, with connections of their own. */
public final class RedisCaches implements AutoCloseable {

    private final LettuceConnectionFactory connections;
    private final RedisLevels levels;
    private final Caches caches;

    /** @param port of Redis on this machine */
    public RedisCaches(CachingProperties properties, int port, MeterRegistry meters) {
        var configuration = new CachingAutoConfiguration();
        connections = CachingParts.redis(port);
        levels = configuration.redisLevels(properties, connections, meters);
        caches = configuration.caches(properties, levels, meters);
    }

    /** One that hears all changes, and of which any key may exist. */
    public TwoLevelCache of(String name, Source source) {
        return caches.of(name, source, key -> true, () -> true);
    }

    @Override
    public void close() {
        caches.close();
        levels.destroy();
        connections.destroy();
    }
}
