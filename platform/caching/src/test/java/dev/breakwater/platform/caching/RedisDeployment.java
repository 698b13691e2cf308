package dev.breakwater.platform.caching;

import dev.breakwater.platform.testing.Servers;
import java.time.Duration;
import java.util.List;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The ways in which Redis may be run. */
enum RedisDeployment {
    ONE_NODE,
    CLUSTER;

    private static final LettuceClientConfiguration CLIENT = LettuceClientConfiguration.builder()
            .commandTimeout(Duration.ofMillis(500))
            .build();

    LettuceConnectionFactory connect() {
        var connections = switch (this) {
            case ONE_NODE ->
                new LettuceConnectionFactory(
                        new RedisStandaloneConfiguration(
                                "localhost", Servers.redis().port()),
                        CLIENT);
            case CLUSTER ->
                new LettuceConnectionFactory(
                        new RedisClusterConfiguration(
                                List.of(Servers.redisCluster().addresses().split(","))),
                        CLIENT);
        };
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }
}
