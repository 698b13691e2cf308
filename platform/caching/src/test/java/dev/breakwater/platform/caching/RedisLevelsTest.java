package dev.breakwater.platform.caching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.testing.Servers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;

/** A cluster for all keys, and a Redis of its own for hot ones. */
class RedisLevelsTest {

    private static final String HOT = "breakwater.caching.hot.redis-url=";

    private final String name = "things-" + UUID.randomUUID();
    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withPropertyValues("spring.config.import=classpath:platform/caching.yaml")
            .withPropertyValues("REDIS_CLUSTER_NODES=" + Servers.redisCluster().addresses())
            .withConfiguration(AutoConfigurations.of(CachingAutoConfiguration.class, DataRedisAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class);

    @Test
    void hot_keys_are_in_their_redis_and_the_others_are_not() {
        service.withPropertyValues(HOT + "redis://" + Servers.redis().address()).run(context -> {
            keepTeaThatIsHotAndACup(context);
            assertThat(keysOfOneNode()).containsExactly("hot:" + name + ":tea");
            assertThat(inCluster(context, name + ":cup")).isTrue();
            assertThat(inCluster(context, name + ":tea")).isFalse();
            assertThat(inCluster(context, "hot:" + name + ":tea")).isFalse();
        });
    }

    @Test
    void without_a_redis_of_their_own_hot_keys_are_beside_the_others_under_a_prefix() {
        service.run(context -> {
            keepTeaThatIsHotAndACup(context);
            assertThat(keysOfOneNode()).isEmpty();
            assertThat(inCluster(context, name + ":cup")).isTrue();
            assertThat(inCluster(context, "hot:" + name + ":tea")).isTrue();
        });
    }

    @Test
    void a_redis_for_hot_keys_with_tls_where_the_other_has_none_is_refused() {
        service.withPropertyValues(HOT + "rediss://" + Servers.redis().address())
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("breakwater.caching.hot.redis-url must use TLS"));
    }

    private void keepTeaThatIsHotAndACup(ApplicationContext context) {
        var properties = context.getBean(CachingProperties.class);
        var hot = new HotKeys(name, properties, mine -> Set.of("tea"), System::nanoTime);
        hot.update();
        var level = context.getBean(RedisLevels.class).of(name, hot);
        level.put("tea", new Cached(1, "green".getBytes(UTF_8)), 1);
        level.put("cup", new Cached(1, "white".getBytes(UTF_8)), 1);
        assertThat(level.get("tea")).isPresent();
        assertThat(level.get("cup")).isPresent();
    }

    private Set<String> keysOfOneNode() {
        var connections = RedisDeployment.ONE_NODE.connect();
        try {
            return RedisLevels.template(connections).keys("*" + name + "*");
        } finally {
            connections.destroy();
        }
    }

    private static boolean inCluster(ApplicationContext context, String key) {
        RedisTemplate<String, byte[]> redis = RedisLevels.template(context.getBean(LettuceConnectionFactory.class));
        return Boolean.TRUE.equals(redis.hasKey(key));
    }
}
