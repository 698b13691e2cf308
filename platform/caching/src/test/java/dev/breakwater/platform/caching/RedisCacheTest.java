package dev.breakwater.platform.caching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;

@ParameterizedClass
@EnumSource(RedisDeployment.class)
class RedisCacheTest {

    private static final CachingProperties PROPERTIES = UsualProperties.USUAL;

    private final AtomicLong millis = new AtomicLong(1_000_000);
    private final String prefix = UUID.randomUUID() + ":";
    private final LettuceConnectionFactory connections;
    private final RedisTemplate<String, byte[]> redis;
    private final RedisCache cache;

    RedisCacheTest(RedisDeployment deployment) {
        connections = deployment.connect();
        redis = RedisLevels.template(connections);
        cache = new RedisCache(redis, CircuitBreaker.ofDefaults("redis"), prefix, PROPERTIES, millis::get);
    }

    @AfterEach
    void disconnect() {
        connections.destroy();
    }

    @Test
    void what_was_put_is_there_for_its_time_less_up_to_a_tenth() {
        cache.put("tea", cached(3, "grün"), 1_000_000);
        var kept = cache.get("tea").orElseThrow();
        assertThat(kept.cached().version()).isEqualTo(3);
        assertThat(kept.loadedAt()).isEqualTo(1_000_000);
        assertThat(new String(Objects.requireNonNull(kept.cached().body()), UTF_8))
                .isEqualTo("grün");
        assertThat(life("tea")).isBetween(Duration.ofSeconds(269), Duration.ofSeconds(300));
    }

    @Test
    void what_is_not_there_is_nothing_and_what_is_known_not_to_be_there_is_absent_for_a_short_time() {
        assertThat(cache.get("tea")).isEmpty();
        cache.put("tea", Cached.ABSENT, 1_000_000);
        assertThat(cache.get("tea").orElseThrow().cached().isAbsent()).isTrue();
        assertThat(life("tea")).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_slow_writer_does_not_put_an_old_value_back() {
        cache.put("tea", cached(2, "black"), 1_000_000);
        cache.put("tea", cached(1, "green"), 1_000_000);
        assertThat(cache.get("tea").orElseThrow().cached().version()).isEqualTo(2);

        cache.invalidate("tea", 3);
        assertThat(cache.get("tea")).isEmpty();
        cache.put("tea", cached(2, "black"), 1_000_000);
        assertThat(cache.get("tea")).isEmpty();
        cache.put("tea", cached(3, "white"), 1_000_000);
        assertThat(cache.get("tea").orElseThrow().cached().version()).isEqualTo(3);
    }

    @Test
    void an_absence_does_not_outlive_the_creation() {
        cache.put("tea", Cached.ABSENT, 1_000_000);
        cache.invalidate("tea", 1);
        assertThat(cache.get("tea")).isEmpty();
        cache.put("tea", Cached.ABSENT, 1_000_000);
        assertThat(cache.get("tea")).isEmpty();
        cache.put("tea", cached(1, "green"), 1_000_000);
        cache.put("tea", Cached.ABSENT, 1_000_000);
        assertThat(cache.get("tea").orElseThrow().cached().isAbsent()).isFalse();
    }

    @Test
    void an_invalidation_that_comes_late_leaves_the_new_value() {
        cache.put("tea", cached(3, "white"), 1_000_000);
        cache.invalidate("tea", 3);
        cache.invalidate("tea", 2);
        assertThat(cache.get("tea").orElseThrow().cached().version()).isEqualTo(3);
    }

    @Test
    void values_that_were_put_together_age_one_after_another_between_half_and_the_end_of_their_time() {
        var keys = IntStream.range(0, 100).mapToObj(n -> "tea-" + n).toList();
        keys.forEach(key -> cache.put(key, cached(1, "green"), 1_000_000));
        millis.addAndGet(149_000);
        assertThat(aging(keys)).isZero();
        millis.addAndGet(50_000);
        assertThat(aging(keys)).isBetween(30L, 70L);
        millis.addAndGet(57_000);
        assertThat(aging(keys)).isEqualTo(100);
    }

    @Test
    void values_that_were_put_together_do_not_expire_together() {
        var lives = IntStream.range(0, 100)
                .mapToObj(n -> {
                    cache.put("tea-" + n, cached(1, "green"), 1_000_000);
                    return millisLeft("tea-" + n);
                })
                .toList();
        // Less what passed between putting and looking.
        assertThat(lives).allSatisfy(life -> assertThat(life).isBetween(268_000L, 300_000L));
        assertThat(lives.stream().map(life -> life / 3_000).distinct()).hasSizeGreaterThan(5);
    }

    private long aging(List<String> keys) {
        return keys.stream().filter(key -> cache.get(key).orElseThrow().aging()).count();
    }

    private Duration life(String key) {
        return Duration.ofSeconds(Objects.requireNonNull(redis.getExpire(prefix + key)));
    }

    private long millisLeft(String key) {
        return Objects.requireNonNull(redis.getExpire(prefix + key, TimeUnit.MILLISECONDS));
    }

    private static Cached cached(long version, String body) {
        return new Cached(version, body.getBytes(UTF_8));
    }
}
