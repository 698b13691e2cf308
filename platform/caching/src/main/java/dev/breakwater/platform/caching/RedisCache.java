package dev.breakwater.platform.caching;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The shared level: a hash a key, with its version, when it was loaded, and its body. One without a body says that
 * there is no such thing, one with nothing but a version is the mark of an invalidation. Versions are compared and
 * replaced in one script, so that no slow writer puts an old body back.
 *
 * <p>Each script has one key: all of this works in a cluster as it does on one node.
 */
final class RedisCache implements SharedCache {

    private static final Logger log = LoggerFactory.getLogger(RedisCache.class);

    /**
     * Of its time, from when on a value is loaded again ahead of its end: earlier or later by its key, so that what was
     * loaded together is not loaded again together.
     */
    private static final double AGING_FROM = 0.5;

    private static final double AGING_TO = 0.85;
    /** Up to this share of its time is taken off, so that what was loaded together does not expire together. */
    private static final double JITTER = 0.1;

    private static final List<String> FIELDS = List.of("version", "loaded-at", "body");

    private static final RedisScript<Long> PUT = RedisScript.of("""
            local kept = tonumber(redis.call('HGET', KEYS[1], 'version'))
            if kept and kept > tonumber(ARGV[1]) then
              return 0
            end
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], 'version', ARGV[1], 'loaded-at', ARGV[2])
            if ARGV[4] then
              redis.call('HSET', KEYS[1], 'body', ARGV[4])
            end
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            return 1
            """, Long.class);

    private static final RedisScript<Long> INVALIDATE = RedisScript.of("""
            local kept = tonumber(redis.call('HGET', KEYS[1], 'version'))
            if kept and kept >= tonumber(ARGV[1]) then
              return 0
            end
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], 'version', ARGV[1])
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            return 1
            """, Long.class);

    private static final String LEASE = ":lease";

    private static final RedisScript<Long> RELEASE = RedisScript.of("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then
              return redis.call('DEL', KEYS[1])
            end
            return 0
            """, Long.class);

    private final byte[] instance = UUID.randomUUID().toString().getBytes(US_ASCII);
    private final RedisTemplate<String, byte[]> redis;
    private final HashOperations<String, String, byte[]> hashes;
    private final CircuitBreaker breaker;
    private final String prefix;
    private final CachingProperties properties;
    private final Ticker millis;

    /** @param prefix of all keys */
    RedisCache(
            RedisTemplate<String, byte[]> redis,
            CircuitBreaker breaker,
            String prefix,
            CachingProperties properties,
            Ticker millis) {
        this.redis = redis;
        this.hashes = redis.opsForHash();
        this.breaker = breaker;
        this.prefix = prefix;
        this.properties = properties;
        this.millis = millis;
    }

    @Override
    public Optional<Kept> get(String key) {
        return orNothing(() -> kept(key, hashes.multiGet(prefix + key, FIELDS)));
    }

    @Override
    public void put(String key, Cached cached, long loadedAt) {
        var life = cached.isAbsent() ? properties.absentFor() : properties.sharedFor();
        var arguments = new ArrayList<byte[]>();
        arguments.add(number(cached.version()));
        arguments.add(number(loadedAt));
        arguments.add(number(
                (long) (life.toMillis() * (1 - ThreadLocalRandom.current().nextDouble(JITTER)))));
        if (cached.body() != null) {
            arguments.add(cached.body());
        }
        execute(PUT, key, arguments);
    }

    @Override
    public void invalidate(String key, long version) {
        execute(
                INVALIDATE,
                key,
                List.of(number(version), number(properties.floorFor().toMillis())));
    }

    @Override
    public boolean lease(String key, Duration longest) {
        return orNothing(() ->
                        Optional.ofNullable(redis.opsForValue().setIfAbsent(prefix + key + LEASE, instance, longest)))
                .orElse(true);
    }

    @Override
    public void release(String key) {
        execute(RELEASE, key + LEASE, List.of(instance));
    }

    private void execute(RedisScript<Long> script, String key, List<byte[]> arguments) {
        orNothing(() -> Optional.ofNullable(redis.execute(script, List.of(prefix + key), arguments.toArray())));
    }

    /** @param fields null for a field that there is not, which the signature of Spring Data does not say */
    @SuppressWarnings("NullAway")
    private Optional<Kept> kept(String key, List<byte[]> fields) {
        var version = fields.get(0);
        var loadedAt = fields.get(1);
        if (version == null || loadedAt == null) {
            return Optional.empty();
        }
        var began = number(loadedAt);
        var aging = millis.read() - began >= properties.sharedFor().toMillis() * agingShare(key, began);
        return Optional.of(new Kept(new Cached(number(version), fields.get(2)), began, aging));
    }

    /** The same in every instance, and another one after each load. */
    private static double agingShare(String key, long began) {
        var spread = new SplittableRandom(key.hashCode() ^ began).nextDouble();
        return AGING_FROM + (AGING_TO - AGING_FROM) * spread;
    }

    /** A Redis that is away or too slow is not asked for a while; the breaker's metrics tell. */
    private <T> Optional<T> orNothing(Supplier<Optional<T>> call) {
        try {
            return breaker.executeSupplier(call);
        } catch (CallNotPermittedException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            log.debug("not done by Redis cause={}", e.toString());
            return Optional.empty();
        }
    }

    private static byte[] number(long value) {
        return Long.toString(value).getBytes(US_ASCII);
    }

    private static long number(byte[] text) {
        return Long.parseLong(new String(text, US_ASCII));
    }
}
