package dev.breakwater.platform.caching;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Makes caches as the services have them, without a service. */
public final class CachingParts {

    /** That of platform/caching.yaml. */
    private static final Duration LONGEST_COMMAND = Duration.ofMillis(200);

    /** In the memory of an instance. */
    public static final int LOCAL_ENTRIES = 10_000;

    /** What services have: a key is hot from 50 reads/s and 1 % of all on. */
    private static final CachingProperties.Hot HOT = hot("");

    private CachingParts() {}

    /** @param redisUrl of the server that hot keys have for themselves */
    public static CachingProperties.Hot hot(String redisUrl) {
        return new CachingProperties.Hot(0.01, 50, 64, Duration.ofSeconds(10), redisUrl);
    }

    /** No key has more than all reads. */
    public static CachingProperties.Hot noneHot() {
        return new CachingProperties.Hot(2, 50, 64, Duration.ofSeconds(10), "");
    }

    /** What services have, but for these times. */
    public static CachingProperties properties(Duration localFor, Duration sharedFor, Duration absentFor) {
        return properties(localFor, sharedFor, absentFor, HOT);
    }

    /** The same with other hot keys. */
    public static CachingProperties properties(
            Duration localFor, Duration sharedFor, Duration absentFor, CachingProperties.Hot hot) {
        return new CachingProperties(
                LOCAL_ENTRIES,
                localFor,
                sharedFor,
                absentFor,
                Duration.ofSeconds(300),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                200_000,
                hot);
    }

    /** Memory alone. */
    public static TwoLevelCache inMemory(CachingProperties properties, Source source, MeterRegistry meters) {
        return new Caches(properties, new NoLevels(), meters).ofMemory("hot", source, () -> true);
    }

    private static final class NoLevels implements SharedLevels {

        @Override
        public SharedCache of(String name, HotKeys hot) {
            return SharedCache.NONE;
        }

        @Override
        public HotBoard board(String name) {
            return HotBoard.NONE;
        }
    }

    /** @param port on this machine */
    static LettuceConnectionFactory redis(int port) {
        var client = LettuceClientConfiguration.builder()
                .commandTimeout(LONGEST_COMMAND)
                .clientOptions(ClientOptions.builder()
                        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                        .build())
                .build();
        var factory = new LettuceConnectionFactory(new RedisStandaloneConfiguration("localhost", port), client);
        factory.afterPropertiesSet();
        factory.start();
        return factory;
    }
}
