package dev.breakwater.benchmarks.reads;

import dev.breakwater.platform.caching.Cached;
import dev.breakwater.platform.caching.CachingParts;
import dev.breakwater.platform.caching.Lookup;
import dev.breakwater.platform.caching.TwoLevelCache;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A read of a key that memory has, as JMH runs it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HotRead {

    private static final String KEY = "SKU-000001";

    @SuppressWarnings("NullAway.Init") // by JMH, before the first read
    private TwoLevelCache cache;

    @Setup
    public void fill() {
        var life = Duration.ofHours(1);
        cache = CachingParts.inMemory(
                CachingParts.properties(life, life, life),
                key -> new Cached(1, new byte[300]),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        cache.get(KEY);
    }

    @Benchmark
    public @Nullable Cached inMemory() {
        return cache.inMemory(KEY);
    }

    @Benchmark
    public Lookup get() {
        return cache.get(KEY);
    }
}
