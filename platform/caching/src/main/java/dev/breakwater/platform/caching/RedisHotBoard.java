package dev.breakwater.platform.caching;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.RedisTemplate;

/** One hash a cache, with a field an instance: when it was written, in milliseconds, and the keys, a line each. */
final class RedisHotBoard implements HotBoard {

    private static final Logger log = LoggerFactory.getLogger(RedisHotBoard.class);

    /** An instance that wrote nothing for longer is gone or cut off, and others do not know what it finds hot now. */
    private static final Duration BELIEVED = Duration.ofSeconds(10);

    private final RedisTemplate<String, byte[]> redis;
    private final HashOperations<String, String, byte[]> fields;
    private final CircuitBreaker breaker;
    private final String name;
    private final String instance = UUID.randomUUID().toString();
    private final Ticker millis;

    /** @param name of the hash */
    RedisHotBoard(RedisTemplate<String, byte[]> redis, CircuitBreaker breaker, String name, Ticker millis) {
        this.redis = redis;
        this.fields = redis.opsForHash();
        this.breaker = breaker;
        this.name = name;
        this.millis = millis;
    }

    @Override
    public Set<String> exchange(Set<String> mine) {
        try {
            return breaker.executeSupplier(() -> exchanged(mine));
        } catch (CallNotPermittedException e) {
            return mine;
        } catch (RuntimeException e) {
            log.debug("hot keys not exchanged cause={}", e.toString());
            return mine;
        }
    }

    private Set<String> exchanged(Set<String> mine) {
        var now = millis.read();
        fields.put(name, instance, (now + "\n" + String.join("\n", mine)).getBytes(UTF_8));
        redis.expire(name, BELIEVED);
        var all = new LinkedHashSet<>(mine);
        fields.entries(name).forEach((writer, text) -> {
            var lines = List.of(new String(text, UTF_8).split("\n"));
            if (now - Long.parseLong(lines.getFirst()) <= BELIEVED.toMillis()) {
                all.addAll(lines.subList(1, lines.size()));
            } else {
                fields.delete(name, writer);
            }
        });
        return all;
    }
}
