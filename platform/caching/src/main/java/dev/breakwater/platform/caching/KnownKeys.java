package dev.breakwater.platform.caching;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which keys there are, as a Bloom filter (Bloom 1970; Guava's, which takes 9.6 bits a key for one false positive in a
 * hundred). It says no only for a key that there certainly is not: while it is not built, or the feed of new keys is
 * behind, it says maybe to all.
 *
 * <p>Keys that come while it is being built are added to the new filter as well as to the old one, so that neither
 * misses them.
 */
public final class KnownKeys implements Predicate<String> {

    private static final Logger log = LoggerFactory.getLogger(KnownKeys.class);
    /**
     * The formula of a Bloom filter has a fraction of a hash function, the filter has none, and its share is a matter
     * of chance too: made for exactly 0.01 it lets 0.01004 pass.
     */
    private static final double SPARE = 0.97;

    private static final int SAY_EVERY = 1_000_000;

    /** Reads all keys, without holding them. */
    @FunctionalInterface
    public interface AllKeys {
        void forEach(Consumer<String> key);
    }

    private final long expected;
    private final double falsePositives;
    private final AllKeys all;
    private final BooleanSupplier feedIsCurrent;
    private final AtomicReference<@Nullable BloomFilter<byte[]>> current = new AtomicReference<>();
    private final AtomicReference<@Nullable BloomFilter<byte[]>> next = new AtomicReference<>();
    private final Counter mistaken;

    /**
     * @param expected how many keys it is made for; with more of them it is wrong more often
     * @param falsePositives the share of unknown keys that may pass, 0 to 1
     * @param feedIsCurrent whether every new key has been added by a second ago
     */
    public KnownKeys(
            long expected, double falsePositives, AllKeys all, BooleanSupplier feedIsCurrent, MeterRegistry meters) {
        this.expected = expected;
        this.falsePositives = falsePositives;
        this.all = all;
        this.feedIsCurrent = feedIsCurrent;
        mistaken = Counter.builder("bloom.false.positives")
                .description("Keys that passed and were found not to be there.")
                .register(meters);
        Gauge.builder("bloom.keys", current, KnownKeys::count)
                .description("Keys in the filter, as it estimates them.")
                .register(meters);
        Gauge.builder("bloom.expected.fpp", current, KnownKeys::expectedFpp)
                .description("Share of unknown keys that pass, expected from how full the filter is.")
                .register(meters);
        Gauge.builder("bloom.judging", this, known -> known.isJudging() ? 1 : 0)
                .description("1 while the filter keeps unknown keys out, 0 while it lets all pass.")
                .register(meters);
    }

    /** False for a key that there certainly is not. */
    @Override
    public boolean test(String key) {
        // The feed first: what it had told by then is in the filter that is looked at after that.
        if (!feedIsCurrent.getAsBoolean()) {
            return true;
        }
        var filter = current.get();
        return filter == null || filter.mightContain(key.getBytes(UTF_8));
    }

    /** A key that there is from now on. */
    public void add(String key) {
        var bytes = key.getBytes(UTF_8);
        // The new one first: should it become the current one in between, both have it.
        put(next.get(), bytes);
        put(current.get(), bytes);
    }

    /** A key passed that was found not to be there. */
    public void passedByMistake() {
        if (isJudging()) {
            mistaken.increment();
        }
    }

    /**
     * Reads all keys anew; the old filter serves until that is done. Takes the processor for a while: not for a virtual
     * thread, which would keep others from their carrier.
     */
    public synchronized void rebuild() {
        var began = System.nanoTime();
        var building = BloomFilter.create(Funnels.byteArrayFunnel(), expected, falsePositives * SPARE);
        next.set(building);
        try {
            var added = new long[1];
            all.forEach(key -> {
                building.put(key.getBytes(UTF_8));
                if (++added[0] % SAY_EVERY == 0) {
                    log.info("bloom filter being built keys={}", added[0]);
                }
            });
            current.set(building);
            var millis = (System.nanoTime() - began) / 1_000_000;
            if (added[0] > expected) {
                log.warn("bloom filter made for fewer keys keys={} expected={}", added[0], expected);
            }
            log.info("bloom filter built keys={} millis={}", added[0], millis);
        } finally {
            next.set(null);
        }
    }

    private boolean isJudging() {
        return current.get() != null && feedIsCurrent.getAsBoolean();
    }

    private static void put(@Nullable BloomFilter<byte[]> filter, byte[] key) {
        if (filter != null) {
            filter.put(key);
        }
    }

    private static double count(AtomicReference<@Nullable BloomFilter<byte[]>> filter) {
        var built = filter.get();
        return built == null ? 0 : built.approximateElementCount();
    }

    private static double expectedFpp(AtomicReference<@Nullable BloomFilter<byte[]>> filter) {
        var built = filter.get();
        return built == null ? 1 : built.expectedFpp();
    }
}
