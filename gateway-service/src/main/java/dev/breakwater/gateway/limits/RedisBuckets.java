package dev.breakwater.gateway.limits;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.breakwater.platform.overload.rate.Rate;
import dev.breakwater.platform.overload.rate.SharedBucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Buckets in Redis, by Bucket4j: one value each, compared and swapped, which is gone when the bucket has been full for
 * a while. Each works on one key, so it does in a cluster what it does on one node. Instances count by their own
 * clocks; one that is ahead of the others brings what is due in that time earlier, once.
 */
final class RedisBuckets implements AutoCloseable {

    private static final String PREFIX = "limit:";
    private static final Duration KEPT_WHEN_FULL = Duration.ofSeconds(10);

    private final Supplier<AbstractRedisClient> client;
    private final Duration timeout;
    private final TimeMeter clock;
    private volatile @Nullable Connected connected;

    /**
     * @param client knows where Redis is
     * @param timeout of each question
     */
    RedisBuckets(Supplier<AbstractRedisClient> client, Duration timeout, TimeMeter clock) {
        this.client = client;
        this.timeout = timeout;
        this.clock = clock;
    }

    private record Connected(StatefulConnection<byte[], byte[]> connection, AsyncProxyManager<byte[]> buckets) {}

    /** Blocks for as long as that takes; afterwards a lost connection comes back by itself. */
    synchronized void connect() {
        if (connected != null) {
            return;
        }
        connected = switch (client.get()) {
            case RedisClusterClient cluster -> {
                var connection = cluster.connect(ByteArrayCodec.INSTANCE);
                yield new Connected(connection, buckets(Bucket4jLettuce.casBasedBuilder(connection)));
            }
            case RedisClient node -> {
                var connection = node.connect(ByteArrayCodec.INSTANCE);
                yield new Connected(connection, buckets(Bucket4jLettuce.casBasedBuilder(connection)));
            }
            case AbstractRedisClient other -> throw new IllegalStateException("no buckets in " + other);
        };
    }

    /** The next connection is made anew: the client of this one has been stopped. */
    synchronized void disconnect() {
        var known = connected;
        connected = null;
        if (known != null) {
            known.connection().closeAsync();
        }
    }

    private AsyncProxyManager<byte[]> buckets(Bucket4jLettuce.LettuceBasedProxyManagerBuilder<byte[]> builder) {
        return builder.requestTimeout(timeout)
                .clientClock(clock)
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_WHEN_FULL))
                .build()
                .asAsync();
    }

    /** @param key of the bucket; another rate is another bucket */
    SharedBucket bucket(String key, Rate rate) {
        var shared = rate.shared();
        var configuration = BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(shared.burst()).refillGreedy(shared.tokens(), shared.per()))
                .build();
        var name = "%s%d/%d/%d:%s"
                .formatted(PREFIX, rate.tokens(), rate.per().toMillis(), rate.burst(), key)
                .getBytes(UTF_8);
        return most -> {
            var known = connected;
            return known == null
                    ? CompletableFuture.failedFuture(new IllegalStateException("not connected yet"))
                    : known.buckets()
                            .getProxy(name, () -> CompletableFuture.completedFuture(configuration))
                            .asVerbose()
                            .tryConsumeAsMuchAsPossible(most)
                            .thenApply(result -> new SharedBucket.Grant(
                                    result.getValue(), result.getDiagnostics().getAvailableTokens()));
        };
    }

    @Override
    public synchronized void close() {
        if (connected != null) {
            connected.connection().close();
        }
    }
}
