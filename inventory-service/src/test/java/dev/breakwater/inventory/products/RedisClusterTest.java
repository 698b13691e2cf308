package dev.breakwater.inventory.products;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.inventory.Calls;
import dev.breakwater.inventory.InventorySlice;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service as it is, with one variable more in its environment. */
@InventorySlice
@DirtiesContext
class RedisClusterTest {

    private final Calls calls;
    private final StringRedisTemplate redis;

    @Autowired
    RedisClusterTest(@LocalServerPort int port, StringRedisTemplate redis) {
        this.calls = new Calls(port);
        this.redis = redis;
    }

    @DynamicPropertySource
    static void cluster(DynamicPropertyRegistry environment) {
        environment.add("REDIS_CLUSTER_NODES", () -> Servers.redisCluster().addresses());
    }

    @Test
    void products_are_kept_on_all_masters_and_written_and_read_while_one_of_them_is_dead() {
        var skus = Stream.generate(() -> calls.product("tea", 0)).limit(20).toList();
        // Again, until the events of the products' making have been heard and what is read is kept.
        await().atMost(Duration.ofSeconds(30)).until(() -> skus.stream().allMatch(this::isKept));

        Servers.redisCluster().nodes().getFirst().kill();
        try {
            assertThat(pricesAfterWriting(skus, 1)).containsOnly(1L);
            assertThat(pricesAfterWriting(skus, 2)).containsOnly(2L);
        } finally {
            Servers.redisCluster().bringBack();
        }
    }

    private boolean isKept(String sku) {
        calls.get("/api/v1/products/" + sku);
        return Objects.equals(redis.opsForHash().hasKey("products:" + sku, "body"), true);
    }

    private List<Long> pricesAfterWriting(List<String> skus, long price) {
        return skus.stream()
                .map(sku -> {
                    var path = "/api/v1/products/" + sku;
                    assertThat(calls.put(path, Calls.draft("tea", price), TestTokens.admin())
                                    .status())
                            .isEqualTo(200);
                    return calls.get(path).json().path("priceMinor").asLong();
                })
                .toList();
    }
}
