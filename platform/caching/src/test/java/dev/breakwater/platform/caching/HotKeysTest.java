package dev.breakwater.platform.caching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.testing.Servers;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;

/** Two instances on one cluster, and a Redis of its own for hot keys. */
class HotKeysTest {

    private static final CachingProperties PROPERTIES = UsualProperties.USUAL;
    private static final Duration LONG = Duration.ofSeconds(20);

    private final String name = "things-" + UUID.randomUUID();
    private final AtomicLong nanos = new AtomicLong();
    private final LettuceConnectionFactory connections = RedisDeployment.CLUSTER.connect();
    private final LettuceConnectionFactory hotConnections = RedisDeployment.ONE_NODE.connect();
    private final RedisTemplate<String, byte[]> redis = RedisLevels.template(connections);
    private final RedisTemplate<String, byte[]> hotRedis = RedisLevels.template(hotConnections);
    private final List<String> loaded = new CopyOnWriteArrayList<>();
    private volatile Runnable whileLoading = () -> {};
    private volatile long version = 1;
    private final Instance one = new Instance();
    private final Instance other = new Instance();

    @AfterEach
    void disconnect() {
        Servers.bringBack(Servers.redis());
        connections.destroy();
        hotConnections.destroy();
    }

    @Test
    void what_is_hot_in_one_instance_is_hot_in_the_others_and_in_their_memory_before_it_is_asked_for() {
        one.heat("tea");
        other.cache.careForHotKeys();
        assertThat(other.hot.now()).containsExactly("tea");
        assertThat(other.cache.inMemory("tea")).isNotNull();
        assertThat(loaded).containsExactly("tea");
    }

    @Test
    void nobody_makes_a_key_hot_by_inventing_it() {
        for (var n = 0; n < 50_000; n++) {
            one.cache.inMemory("%54ea");
        }
        one.cache.careForHotKeys();
        assertThat(one.hot.now()).isEmpty();
        assertThat(loaded).isEmpty();
    }

    @Test
    void a_thing_that_there_is_not_never_gets_hot_though_memory_knows_of_it() {
        for (var n = 0; n < 50_000; n++) {
            one.cache.get("no-tea");
        }
        one.cache.careForHotKeys();
        assertThat(one.hot.now()).isEmpty();
        assertThat(loaded).containsExactly("no-tea");
    }

    @Test
    void an_instance_that_says_nothing_any_more_is_forgotten() {
        one.heat("tea");
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        other.cache.careForHotKeys();
        assertThat(other.hot.now()).isEmpty();
    }

    @Test
    void a_hot_key_stays_however_many_others_are_read_and_until_it_is_hot_no_longer() {
        one.heat("tea");
        flood();
        assertThat(one.cache.inMemory("tea")).isNotNull();
        for (var n = 0; n < 3; n++) {
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
            one.cache.careForHotKeys();
        }
        assertThat(one.hot.now()).isEmpty();
        // Each look is a read, for which memory thinks better of it.
        await().atMost(LONG).until(() -> {
            flood();
            return one.cache.inMemory("tea") == null;
        });
    }

    @Test
    void a_hot_key_is_loaded_again_when_half_its_time_is_over_though_nobody_waits_for_it() {
        one.heat("tea");
        nanos.addAndGet(PROPERTIES.localFor().dividedBy(2).toNanos());
        hotRedis.delete("hot:" + name + ":tea");
        redis.delete(name + ":tea");
        one.heat("tea");
        assertThat(loaded).containsExactly("tea", "tea");
        nanos.addAndGet(PROPERTIES.localFor().multipliedBy(3).dividedBy(4).toNanos());
        assertThat(one.cache.inMemory("tea")).isNotNull();
    }

    @Test
    void a_hot_key_has_one_loader_among_all_instances() throws Exception {
        one.heat("tea");
        other.cache.careForHotKeys();
        loaded.clear();
        var loading = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        whileLoading = () -> {
            loading.countDown();
            pass(goOn);
        };
        for (var instance : List.of(one, other)) {
            instance.cache.invalidate("tea", 2);
        }
        version = 2;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> one.cache.get("tea"));
            pass(loading);
            var second = threads.submit(() -> other.cache.get("tea"));
            other.looks.reset();
            await().atMost(LONG).until(() -> other.looks.sum() > 2);
            goOn.countDown();
            assertThat(first.get().cached().version()).isEqualTo(2);
            assertThat(second.get().cached().version()).isEqualTo(2);
        }
        assertThat(loaded).containsExactly("tea");
    }

    @Test
    void hot_keys_are_kept_apart_and_a_change_reaches_them_there() {
        one.cache.get("cup");
        one.heat("tea");
        one.cache.invalidate("tea", 2);
        version = 2;
        one.cache.get("tea");
        assertThat(version(redis, name + ":cup")).isEqualTo("1");
        assertThat(version(hotRedis, "hot:" + name + ":tea")).isEqualTo("2");
        assertThat(hotRedis.hasKey("hot:" + name + ":cup")).isFalse();
    }

    @Test
    void a_redis_of_hot_keys_that_stands_still_holds_up_no_other_key() {
        one.heat("tea");
        one.cache.get("cup");
        loaded.clear();
        Servers.redis().pause();
        // Another key is found in the Redis of the rest, by an instance that has not got it in memory.
        other.hot.update();
        assertThat(other.cache.get("cup").stale()).isFalse();
        assertThat(loaded).isEmpty();
        // And the hot one is still answered: out of memory here, and from the source where memory has nothing.
        assertThat(one.cache.inMemory("tea")).isNotNull();
        assertThat(other.cache.get("tea").stale()).isFalse();
    }

    private void flood() {
        for (var n = 0; n < PROPERTIES.localEntries() * 20; n++) {
            one.cache.get("other-" + n % (PROPERTIES.localEntries() * 4));
        }
    }

    private static String version(RedisTemplate<String, byte[]> from, String key) {
        return new String(
                Objects.requireNonNull(from.<String, byte[]>opsForHash().get(key, "version")), UTF_8);
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private long millis() {
        return Duration.ofNanos(nanos.get()).toMillis();
    }

    private final class Instance {

        final LongAdder looks = new LongAdder();
        final HotKeys hot;
        final TwoLevelCache cache;

        Instance() {
            var breaker = CircuitBreaker.ofDefaults("redis");
            hot = new HotKeys(
                    "things",
                    PROPERTIES,
                    new RedisHotBoard(redis, breaker, "hot-keys:" + name, HotKeysTest.this::millis),
                    nanos::get);
            cache = new TwoLevelCache(
                    PROPERTIES,
                    new HotSharedCache(level(redis, name + ":"), level(hotRedis, "hot:" + name + ":"), hot),
                    this::load,
                    key -> true,
                    () -> true,
                    hot,
                    new CacheMetrics(new SimpleMeterRegistry(), "things"),
                    Runnable::run,
                    nanos::get,
                    HotKeysTest.this::millis);
        }

        /** Asks for it so often that it is found to be hot. */
        void heat(String key) {
            for (var n = 0; n < 50_000; n++) {
                cache.get(key);
            }
            cache.careForHotKeys();
            assertThat(hot.now()).containsExactly(key);
        }

        private Cached load(String key) {
            loaded.add(key);
            whileLoading.run();
            return key.startsWith("no-") ? Cached.ABSENT : new Cached(version, key.getBytes(UTF_8));
        }

        private SharedCache level(RedisTemplate<String, byte[]> at, String prefix) {
            var level = new RedisCache(
                    at, CircuitBreaker.ofDefaults("redis"), prefix, PROPERTIES, HotKeysTest.this::millis);
            return (SharedCache) Proxy.newProxyInstance(
                    SharedCache.class.getClassLoader(),
                    new Class<?>[] {SharedCache.class},
                    (same, method, arguments) -> {
                        if (method.getName().equals("get")) {
                            looks.increment();
                        }
                        return method.invoke(level, arguments);
                    });
        }
    }
}
