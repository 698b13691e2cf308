package dev.breakwater.platform.caching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.testing.Servers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The same configuration file against either deployment; only what the environment says differs. */
class RedisConnectionTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withPropertyValues("spring.config.import=classpath:platform/caching.yaml")
            .withConfiguration(AutoConfigurations.of(CachingAutoConfiguration.class, DataRedisAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class);

    @Test
    void an_address_is_one_node() {
        service.withPropertyValues("REDIS_ADDRESS=" + Servers.redis().address()).run(context -> {
            assertThat(connections(context).isClusterAware()).isFalse();
            assertThatInstancesShare(context);
        });
    }

    @Test
    void nodes_of_a_cluster_are_a_cluster_and_the_address_does_not_count() {
        var seeds = Servers.redisCluster().nodes().subList(0, 2);
        service.withPropertyValues(
                        "REDIS_ADDRESS=localhost:1",
                        "REDIS_CLUSTER_NODES=%s, %s"
                                .formatted(
                                        seeds.getFirst().address(),
                                        seeds.getLast().address()))
                .run(context -> {
                    assertThat(connections(context).isClusterAware()).isTrue();
                    assertThatInstancesShare(context);
                });
    }

    @Test
    void no_nodes_of_a_cluster_are_one_node() {
        service.withPropertyValues("REDIS_CLUSTER_NODES=").run(context -> {
            assertThat(connections(context).isClusterAware()).isFalse();
            assertThat(connections(context).getHostName()).isEqualTo("localhost");
            assertThat(connections(context).getPort()).isEqualTo(16379);
        });
    }

    @Test
    void the_password_is_used_in_both() {
        service.withPropertyValues("REDIS_PASSWORD=p@ss/word")
                .run(context -> assertThat(connections(context).getPassword()).isEqualTo("p@ss/word"));
        service.withPropertyValues("REDIS_PASSWORD=p@ss/word", "REDIS_CLUSTER_NODES=a:1,b:2")
                .run(context -> assertThat(connections(context).getPassword()).isEqualTo("p@ss/word"));
        service.run(context -> assertThat(connections(context).getPassword()).isNull());
    }

    /** Keys of all three masters. */
    private static void assertThatInstancesShare(ApplicationContext context) {
        var caches = context.getBean(Caches.class);
        var one = caches.of("shared", key -> new Cached(7, key.getBytes(UTF_8)), key -> true, () -> true);
        var other = caches.of("shared", key -> Cached.ABSENT, key -> true, () -> true);
        for (var n = 0; n < 20; n++) {
            one.get("tea-" + n);
            assertThat(other.get("tea-" + n).cached().version()).isEqualTo(7);
        }
    }

    private static LettuceConnectionFactory connections(ApplicationContext context) {
        return context.getBean(LettuceConnectionFactory.class);
    }
}
