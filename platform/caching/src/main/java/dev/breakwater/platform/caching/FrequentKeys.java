package dev.breakwater.platform.caching;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.FrequentItemsSketch;
import org.apache.datasketches.frequencies.FrequentItemsSketch.Row;

/**
 * Which keys are asked for most, over a window that slides by halves. Counts with the frequent-items sketch of Apache
 * DataSketches (Anderson et al., "A High-Performance Algorithm for Identifying Frequent Items in Data Streams", 2017)
 * in some 100 KiB, however many keys there are.
 */
final class FrequentKeys {

    /** One read in so many is counted: what makes a key hot happens far more often. */
    private static final int SAMPLED = 16;
    /** Estimates are off by less than 3.5 parts of it: under half a hundredth of all reads. */
    private static final int MAP_SIZE = 1024;

    private final CachingProperties.Hot properties;
    private final Ticker nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private FrequentItemsSketch<String> current = new FrequentItemsSketch<>(MAP_SIZE);
    private FrequentItemsSketch<String> previous = new FrequentItemsSketch<>(MAP_SIZE);
    private long currentSince;
    private long previousSince;

    FrequentKeys(CachingProperties.Hot properties, Ticker nanos) {
        this.properties = properties;
        this.nanos = nanos;
        currentSince = nanos.read();
        previousSince = currentSince;
    }

    /** Costs a random number for most, and a count for one in sixteen; nobody waits for anybody. */
    void seen(String key) {
        if (ThreadLocalRandom.current().nextInt(SAMPLED) == 0 && lock.tryLock()) {
            try {
                current.update(key);
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Those with the share and the rate that make a key hot, the hottest first; goes on to the next half if it is time.
     */
    Set<String> hottest() {
        lock.lock();
        try {
            var now = nanos.read();
            var found = found(now);
            if (now - currentSince >= properties.window().dividedBy(2).toNanos()) {
                previous = current;
                previousSince = currentSince;
                current = new FrequentItemsSketch<>(MAP_SIZE);
                currentSince = now;
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    private Set<String> found(long now) {
        var counted = current.getStreamLength() + previous.getStreamLength();
        var seconds = Math.max(
                1, (now - previousSince) / (double) Duration.ofSeconds(1).toNanos());
        var atLeast = Math.max(properties.share() * counted, properties.readsPerSecond() * seconds / SAMPLED);
        return Stream.of(current, previous)
                .flatMap(half -> Stream.of(half.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES)))
                .map(Row::getItem)
                .distinct()
                .filter(key -> estimate(key) >= atLeast)
                .sorted(Comparator.comparingLong(this::estimate).reversed())
                .limit(properties.keys())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private long estimate(String key) {
        return current.getEstimate(key) + previous.getEstimate(key);
    }
}
