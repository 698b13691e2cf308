package dev.breakwater.platform.caching;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.servers.LocalProcess;
import dev.breakwater.platform.testing.Servers;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** What readers see while a master of the cluster dies, with the settings that services have. */
class RedisFailoverTest {

    /** A second to be taken for dead, one or two for the election, five until the client looks, one for the breaker. */
    private static final Duration BACK_WITHIN = Duration.ofSeconds(15);
    /** It asks again and again until the new master answers. */
    private static final CircuitBreaker NEVER_OPEN = CircuitBreaker.of(
            "redis",
            CircuitBreakerConfig.custom()
                    .minimumNumberOfCalls(100_000)
                    .slidingWindowSize(100_000)
                    .build());

    private static final List<String> KEYS =
            IntStream.range(0, 60).mapToObj(n -> "tea-" + n).toList();

    private final String name = "things-" + UUID.randomUUID();
    private final Database database = new Database();

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withPropertyValues(
                    "spring.config.import=classpath:platform/caching.yaml",
                    "REDIS_CLUSTER_NODES=" + Servers.redisCluster().addresses(),
                    // So that most reads ask the shared level.
                    "breakwater.caching.local-for=50ms")
            .withConfiguration(AutoConfigurations.of(CachingAutoConfiguration.class, DataRedisAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class);

    @AfterEach
    void bringBack() {
        Servers.redisCluster().bringBack();
    }

    @Test
    void a_master_that_is_killed_fails_no_read_shows_nothing_old_and_is_replaced_soon() {
        service.run(context -> {
            var caches = context.getBean(Caches.class);
            var instances = Stream.generate(() -> caches.of(name, database, key -> true, () -> true))
                    .limit(2)
                    .toList();
            try (var traffic = new Traffic(instances)) {
                await().until(() -> traffic.reads.sum() > 2_000);
                var connections = context.getBean(LettuceConnectionFactory.class);
                var master = masterOf(connections, name + ":" + KEYS.getFirst());
                master.kill();

                var shared = new RedisCache(
                        RedisLevels.template(connections),
                        NEVER_OPEN,
                        name + ":",
                        context.getBean(CachingProperties.class),
                        System::currentTimeMillis);
                await().atMost(BACK_WITHIN).untilAsserted(() -> {
                    // Nobody but the new master takes it.
                    shared.put(KEYS.getFirst(), database.load(KEYS.getFirst()), System.currentTimeMillis());
                    assertThat(shared.get(KEYS.getFirst())).isPresent();
                });
                assertThat(master.isRunning()).isFalse();

                var reads = traffic.reads.sum();
                await().until(() -> traffic.reads.sum() > reads + 2_000);
                assertThat(traffic.failed).isEmpty();
                assertThat(traffic.old).isEmpty();
                assertThat(traffic.writes.sum()).isGreaterThan(100);
            }
        });
    }

    /** Replication is asynchronous: the new master may have the value from before the change, and no mark of it. */
    @Test
    void what_was_lost_by_the_new_master_is_known_to_each_instance() {
        service.run(context -> {
            var redis = RedisLevels.template(context.getBean(LettuceConnectionFactory.class));
            var caches = context.getBean(Caches.class);
            var instance = caches.of(name, database, key -> true, () -> true);
            var other = caches.of(name, database, key -> true, () -> true);
            database.write("tea", 1);
            instance.get("tea");
            other.get("tea");
            var before = redis.<String, byte[]>opsForHash().entries(name + ":tea");

            database.write("tea", 2);
            instance.invalidate("tea", 2);
            other.invalidate("tea", 2);
            redis.delete(name + ":tea");
            redis.<String, byte[]>opsForHash().putAll(name + ":tea", before);

            assertThat(instance.get("tea").cached().version()).isEqualTo(2);
            // And what the first of them read has replaced it for all.
            database.loads.reset();
            assertThat(other.get("tea").cached().version()).isEqualTo(2);
            assertThat(database.loads.sum()).isZero();
        });
    }

    private static LocalProcess masterOf(LettuceConnectionFactory connections, String key) {
        try (var connection = connections.getClusterConnection()) {
            RedisNode node = Objects.requireNonNull(connection.clusterGetNodeForKey(key.getBytes(US_ASCII)));
            return Servers.redisCluster().nodes().stream()
                    .filter(process -> Objects.equals(process.port(), node.getPort()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Reads and writes of all keys at every instance; a write is told to all of them, as the change feed does. */
    private final class Traffic implements AutoCloseable {

        final ConcurrentLinkedQueue<Throwable> failed = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<String> old = new ConcurrentLinkedQueue<>();
        final LongAdder reads = new LongAdder();
        final LongAdder writes = new LongAdder();
        private final ConcurrentHashMap<String, Long> told = new ConcurrentHashMap<>();
        private final AtomicBoolean over = new AtomicBoolean();
        private final List<TwoLevelCache> instances;
        private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(5);

        Traffic(List<TwoLevelCache> instances) {
            this.instances = instances;
            KEYS.forEach(key -> database.write(key, 1));
            threads.scheduleWithFixedDelay(this::write, 0, 5, TimeUnit.MILLISECONDS);
            for (var n = 0; n < 4; n++) {
                threads.scheduleWithFixedDelay(this::read, 0, 1, TimeUnit.MILLISECONDS);
            }
        }

        private void write() {
            var key = KEYS.get(ThreadLocalRandom.current().nextInt(KEYS.size()));
            var version = told.getOrDefault(key, 1L) + 1;
            database.write(key, version);
            instances.forEach(instance -> instance.invalidate(key, version));
            told.put(key, version);
            writes.increment();
        }

        private void read() {
            var key = KEYS.get(ThreadLocalRandom.current().nextInt(KEYS.size()));
            for (var instance : instances) {
                long atLeast = told.getOrDefault(key, 1L);
                try {
                    var shown = instance.get(key).cached().version();
                    if (shown < atLeast) {
                        old.add("%s: %d after %d".formatted(key, shown, atLeast));
                    }
                } catch (RuntimeException e) {
                    if (!over.get()) {
                        failed.add(e);
                    }
                }
                reads.increment();
            }
        }

        @Override
        public void close() {
            over.set(true);
            threads.close();
        }
    }

    private static final class Database implements Source {

        final LongAdder loads = new LongAdder();
        private final ConcurrentHashMap<String, Long> versions = new ConcurrentHashMap<>();

        void write(String key, long version) {
            versions.put(key, version);
        }

        @Override
        public Cached load(String key) {
            loads.increment();
            var version = versions.getOrDefault(key, 0L);
            return new Cached(version, key.getBytes(US_ASCII));
        }
    }
}
