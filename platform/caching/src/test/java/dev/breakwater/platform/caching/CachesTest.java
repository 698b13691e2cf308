package dev.breakwater.platform.caching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachesTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private volatile Set<String> board = Set.of();
    private final Caches caches = new Caches(UsualProperties.USUAL, new Board(), meters);

    @AfterEach
    void close() {
        caches.close();
    }

    @Test
    void how_many_keys_are_hot_is_told_by_cache_and_looked_at_again_and_again() {
        caches.of("things", CachesTest::load, key -> true, () -> true);
        caches.ofMemory("pages", CachesTest::load, () -> true);
        assertThat(hot("things")).isZero();
        board = Set.of("tea", "cup");
        await().untilAsserted(() -> assertThat(hot("things")).isEqualTo(2));
        board = Set.of("cup");
        await().untilAsserted(() -> assertThat(hot("things")).isEqualTo(1));
        assertThat(hot("pages")).isZero();
    }

    private double hot(String cache) {
        return meters.get("cache.hot.keys").tag("cache", cache).gauge().value();
    }

    private static Cached load(String key) {
        return new Cached(1, key.getBytes(UTF_8));
    }

    /** Neighbours who find keys hot, and no level to share with them. */
    private final class Board implements SharedLevels {

        @Override
        public SharedCache of(String name, HotKeys keys) {
            return SharedCache.NONE;
        }

        @Override
        public HotBoard board(String name) {
            return mine -> board;
        }
    }
}
