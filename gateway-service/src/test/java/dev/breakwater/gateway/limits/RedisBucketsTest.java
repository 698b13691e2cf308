package dev.breakwater.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.overload.rate.LeasedBucket;
import dev.breakwater.platform.overload.rate.Rate;
import dev.breakwater.platform.overload.rate.SharedBucket;
import dev.breakwater.platform.overload.rate.Sharing;
import dev.breakwater.platform.testing.Servers;
import io.github.bucket4j.TimeMeter;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gateways on one real Redis, in a time that the test moves. */
@Timeout(120)
class RedisBucketsTest {

    private static final Rate THOUSAND = new Rate(1_000, Duration.ofSeconds(1), 50);
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofMillis(200);

    private final AtomicLong now = new AtomicLong(System.currentTimeMillis() * 1_000_000);
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var one : opened.reversed()) {
            one.close();
        }
        Servers.bringBack(Servers.redis());
    }

    @Test
    void two_gateways_on_one_redis_never_let_more_through_than_the_burst_and_the_rate() {
        var random = new Random(23);
        for (var run = 0; run < 4; run++) {
            var rate = new Rate(100 + random.nextInt(3_000), Duration.ofSeconds(1), 1 + random.nextInt(500));
            var gateways = gateways(node(), rate);
            var began = now.get();
            var admitted = 0;
            var worst = 0.0;
            for (var call = 0; call < 3_000; call++) {
                now.addAndGet(
                        random.nextInt(100) == 0
                                ? random.nextLong(500_000_000)
                                : random.nextLong(rate.intervalNanos()));
                if (gateways.get(random.nextInt(2)).take().isAdmitted()) {
                    admitted++;
                }
                var due = (double) (now.get() - began) / rate.intervalNanos();
                worst = Math.max(worst, admitted - rate.burst() - due);
            }
            assertThat(worst).as("%s", rate).isLessThan(1);
            assertThat(admitted).isGreaterThan(1_000);
        }
    }

    @Test
    void redis_killed_in_mid_run_leaves_two_gateways_their_shares_and_back_again() {
        var away = new Away();
        var gateways = gateways(node(), THOUSAND, away);
        flood(gateways, Duration.ofSeconds(1));
        assertThat(flood(gateways, WINDOW)).isBetween(4_750, 5_250);

        Servers.redis().kill();
        assertThat(flood(gateways, WINDOW)).isBetween(2_500, 5_250);
        assertThat(away.isPossible()).isFalse();

        Servers.bringBack(Servers.redis());
        awaitAnswer();
        away.possible = true;
        assertThat(flood(gateways, WINDOW)).isBetween(4_750, 5_250 + 50);
        assertThat(away.isPossible()).isTrue();
        assertThat(flood(gateways, WINDOW)).isBetween(4_750, 5_250);
    }

    @Test
    void a_cluster_does_what_one_node_does() {
        var cluster = RedisClusterClient.create(Servers.redisCluster().nodes().stream()
                .map(node -> RedisURI.create("localhost", node.port()))
                .toList());
        opened.add(cluster::shutdown);
        var gateways = gateways(cluster, THOUSAND);
        flood(gateways, Duration.ofSeconds(1));

        assertThat(flood(gateways, WINDOW)).isBetween(4_750, 5_250);
    }

    @Test
    void the_loss_of_redis_is_known_within_two_seconds_and_so_is_its_return() {
        var sharing = sharing();
        await().atMost(Duration.ofSeconds(10)).until(sharing::isPossible);

        Servers.redis().kill();
        await().atMost(Duration.ofSeconds(2)).until(() -> !sharing.isPossible());
        Servers.bringBack(Servers.redis());
        await().atMost(Duration.ofSeconds(10)).until(sharing::isPossible);

        Servers.redis().pause();
        await().atMost(Duration.ofSeconds(2)).until(() -> !sharing.isPossible());
        Servers.redis().resume();
        await().atMost(Duration.ofSeconds(10)).until(sharing::isPossible);
    }

    @Test
    void a_bucket_that_is_full_again_is_forgotten_by_redis() {
        var buckets = open(node(), TimeMeter.SYSTEM_MILLISECONDS);
        var key = UUID.randomUUID().toString();
        buckets.bucket(key, THOUSAND).take(10).toCompletableFuture().join();
        var redis = node().connect().sync();

        var name = redis.keys("limit:*" + key).getFirst();
        assertThat(redis.pttl(name)).isBetween(1L, 11_000L);
    }

    private RedisSharing sharing() {
        var sharing = new RedisSharing(
                new RedisBuckets(this::node, TIMEOUT, TimeMeter.SYSTEM_MILLISECONDS),
                () -> 2,
                new SimpleMeterRegistry());
        opened.add(sharing);
        sharing.start();
        return sharing;
    }

    private List<LeasedBucket> gateways(AbstractRedisClient client, Rate rate) {
        return gateways(client, rate, new Away());
    }

    private List<LeasedBucket> gateways(AbstractRedisClient client, Rate rate, Sharing sharing) {
        var key = UUID.randomUUID().toString();
        return IntStream.range(0, 2)
                .mapToObj(_ -> {
                    var bucket = open(client, clock()).bucket(key, rate);
                    return new LeasedBucket(rate, most -> answered(bucket, most), sharing, now::get);
                })
                .toList();
    }

    /** The test's time stands still until Redis has answered. */
    private static CompletionStage<SharedBucket.Grant> answered(SharedBucket bucket, long most) {
        var answer = bucket.take(most).toCompletableFuture();
        try {
            answer.join();
        } catch (CompletionException e) {
            assertThat(answer).isCompletedExceptionally();
        }
        return answer;
    }

    private RedisBuckets open(AbstractRedisClient client, TimeMeter clock) {
        var buckets = new RedisBuckets(() -> client, TIMEOUT, clock);
        opened.add(buckets);
        buckets.connect();
        return buckets;
    }

    private void awaitAnswer() {
        var probe = node().connect();
        assertThat(probe.sync().ping()).isEqualTo("PONG");
        probe.close();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> opened.stream()
                        .filter(RedisBuckets.class::isInstance)
                        .map(RedisBuckets.class::cast)
                        .allMatch(RedisBucketsTest::answers));
    }

    private static boolean answers(RedisBuckets buckets) {
        return !buckets.bucket("probe", THOUSAND)
                .take(1)
                .toCompletableFuture()
                .handle((_, failure) -> failure != null)
                .join();
    }

    /** As the settings of caching make it. */
    private RedisClient node() {
        var resources = ClientResources.builder()
                .reconnectDelay(Delay.constant(Duration.ofMillis(100)))
                .build();
        var client = RedisClient.create(
                resources, RedisURI.create("localhost", Servers.redis().port()));
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(Duration.ofMillis(500))
                        .build())
                .build());
        opened.add(() -> {
            client.shutdown();
            resources.shutdown();
        });
        return client;
    }

    private TimeMeter clock() {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return now.get();
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }

    /** Three calls a millisecond, by turns. */
    private int flood(List<LeasedBucket> gateways, Duration time) {
        var admitted = 0;
        for (var call = 0; call < time.toMillis() * 3; call++) {
            now.addAndGet(333_333);
            if (gateways.get(call % 2).take().isAdmitted()) {
                admitted++;
            }
        }
        return admitted;
    }

    private static final class Away implements Sharing {

        private volatile boolean possible = true;

        @Override
        public boolean isPossible() {
            return possible;
        }

        @Override
        public int sharers() {
            return 2;
        }

        @Override
        public void failed(Throwable cause) {
            possible = false;
        }
    }
}
