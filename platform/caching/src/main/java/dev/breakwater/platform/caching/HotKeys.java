package dev.breakwater.platform.caching;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that are hot now, in this instance or another. */
final class HotKeys {

    private static final Logger log = LoggerFactory.getLogger(HotKeys.class);

    private final String cache;
    private final int most;
    private final FrequentKeys frequent;
    private final HotBoard board;
    private final Cache<String, Boolean> recent;
    private volatile Set<String> now = Set.of();

    /** @param cache its name, for the log */
    HotKeys(String cache, CachingProperties properties, HotBoard board, Ticker nanos) {
        this.cache = cache;
        this.most = properties.hot().keys();
        this.frequent = new FrequentKeys(properties.hot(), nanos);
        this.board = board;
        this.recent = Caffeine.newBuilder()
                .expireAfterWrite(properties.floorFor())
                .ticker(nanos)
                .build();
    }

    void seen(String key) {
        frequent.seen(key);
    }

    boolean contains(String key) {
        return now.contains(key);
    }

    /** Whether it is hot, or was while a value that was kept then can still be there. */
    boolean containedOfLate(String key) {
        return recent.getIfPresent(key) != null;
    }

    Set<String> now() {
        return now;
    }

    /** Looks again, here and at what the others found. */
    void update() {
        var found = board.exchange(frequent.hottest()).stream().limit(most).collect(Collectors.toUnmodifiableSet());
        found.forEach(key -> recent.put(key, true));
        if (!found.equals(now)) {
            log.info("hot keys cache={} keys={}", cache, found);
            now = found;
        }
    }
}
