package dev.breakwater.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaAdmin;

@WithServers
@SpringBootTest(
        classes = WithServersTest.Empty.class,
        properties = {
            "spring.datasource.url=jdbc:mysql://${DATABASE_ADDRESS}/${DATABASE_NAME}",
            "spring.datasource.username=${DATABASE_USER}",
            "spring.datasource.password=${DATABASE_PASSWORD}"
        })
class WithServersTest {

    private final JdbcClient jdbc;
    private final StringRedisTemplate redis;
    private final KafkaAdmin kafka;
    private final Environment environment;

    @Autowired
    WithServersTest(JdbcClient jdbc, StringRedisTemplate redis, KafkaAdmin kafka, Environment environment) {
        this.jdbc = jdbc;
        this.redis = redis;
        this.kafka = kafka;
        this.environment = environment;
    }

    @Test
    void a_context_has_a_database_of_its_own_and_reaches_kafka_and_redis() {
        assertThat(jdbc.sql("SELECT DATABASE()").query(String.class).single()).startsWith("test_");
        assertThat(jdbc.sql("SHOW DATABASES").query(String.class).list()).doesNotContain("mysql");
        redis.opsForValue().set("key", "value");
        assertThat(redis.opsForValue().get("key")).isEqualTo("value");
        assertThat(kafka.clusterId()).isNotBlank();
    }

    @Test
    void a_service_is_told_to_believe_the_test_tokens_and_to_stand_alone() {
        assertThat(environment.getProperty("breakwater.security.public-key")).contains("BEGIN PUBLIC KEY");
        assertThat(environment.getProperty("spring.cloud.config.enabled")).isEqualTo("false");
    }

    @Test
    void a_server_that_a_test_killed_comes_back() {
        Servers.redis().kill();
        Servers.bringBack(Servers.redis());
        assertThat(Servers.redis().isReady()).isTrue();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Empty {}
}
