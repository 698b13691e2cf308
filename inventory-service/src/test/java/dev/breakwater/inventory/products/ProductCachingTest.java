package dev.breakwater.inventory.products;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.inventory.Calls;
import dev.breakwater.inventory.InventorySlice;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.platform.caching.ChangeFeed;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestTokens;
import dev.breakwater.platform.web.exchange.ReadyAnswer;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.SmartLifecycle;

@InventorySlice
class ProductCachingTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final Calls calls;
    private final Products products;
    private final ProductCache cache;
    private final ChangeFeed changes;
    private final SmartLifecycle relay;
    private final MeterRegistry meters;

    @Autowired
    ProductCachingTest(
            @LocalServerPort int port,
            Products products,
            ProductCache cache,
            ChangeFeed changes,
            @Qualifier("relay") SmartLifecycle relay,
            MeterRegistry meters) {
        this.port = port;
        this.calls = new Calls(port);
        this.products = products;
        this.cache = cache;
        this.changes = changes;
        this.relay = relay;
        this.meters = meters;
    }

    @Test
    void an_answer_from_memory_differs_in_nothing_from_the_one_before() throws Exception {
        var sku = calls.product("tea", 50);
        settle(sku);
        var first = read(sku);
        assertThat(cache.ready(sku)).isInstanceOf(ReadyAnswer.class);
        var second = read(sku);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(headers(second)).isEqualTo(headers(first));
    }

    @Test
    void a_write_is_seen_by_the_next_read_of_this_instance() throws Exception {
        var sku = calls.product("tea", 50);
        read(sku);
        calls.put("/api/v1/products/" + sku, Calls.draft("coffee", 777), TestTokens.admin());
        assertThat(read(sku).body()).contains("\"priceMinor\":777");
    }

    @Test
    void a_write_is_answered_when_the_instances_have_been_told_of_it() throws Exception {
        var sku = new Sku("T-" + UUID.randomUUID());
        relay.stop();
        try {
            var answer = CompletableFuture.supplyAsync(
                    () -> calls.put("/api/v1/products/" + sku.value(), Calls.draft("tea", 5), TestTokens.admin()));
            await().atMost(LONG).until(() -> products.find(sku).isPresent());
            assertThat(answer).isNotDone();
            relay.start();
            assertThat(answer.get(30, TimeUnit.SECONDS).status()).isEqualTo(201);
        } finally {
            relay.start();
        }
    }

    @Test
    void a_write_of_another_instance_is_heard_of() throws Exception {
        var sku = calls.product("tea", 50);
        settle(sku);
        read(sku);
        // Past the controller, as if elsewhere: only the event tells this instance's cache.
        products.write(new Sku(sku), new ProductDraft("Tea", "", "tea", 888L, "CNY"));
        await().atMost(LONG).until(() -> read(sku).body().contains("\"priceMinor\":888"));
        // And it stays so.
        assertThat(read(sku).body()).contains("\"priceMinor\":888");
    }

    @Test
    void a_class_of_availability_that_changed_is_heard_of() throws Exception {
        var sku = calls.product("tea", 50);
        read(sku);
        calls.adjust(sku, -50);
        await().atMost(LONG).until(() -> read(sku).body().contains("OUT_OF_STOCK"));
    }

    @Test
    void an_unknown_sku_reaches_neither_redis_nor_the_database() {
        // Once more if the filter was not believed for a moment in between, as it is not when the changes are late.
        await().atMost(LONG).untilAsserted(() -> {
            awaitJudging(true);
            var loads = meters.get("cache.load").timer().count();
            var filtered = filtered();
            for (var n = 0; n < 20; n++) {
                assertThat(read("NONE-" + UUID.randomUUID().toString().substring(0, 8))
                                .statusCode())
                        .isEqualTo(404);
            }
            // One in ten thousand may pass.
            assertThat(filtered() - filtered).isGreaterThanOrEqualTo(18);
            assertThat(meters.get("cache.load").timer().count() - loads).isLessThanOrEqualTo(2);
        });
    }

    @Test
    void a_new_product_is_found_at_once_although_it_was_asked_for_before() throws Exception {
        var sku = "T-" + UUID.randomUUID();
        assertThat(read(sku).statusCode()).isEqualTo(404);
        calls.put("/api/v1/products/" + sku, Calls.draft("tea", 5), TestTokens.admin());
        assertThat(read(sku).statusCode()).isEqualTo(200);
    }

    @Test
    void a_new_product_of_which_nobody_has_been_told_for_a_second_is_found() throws Exception {
        var sku = new Sku("T-" + UUID.randomUUID());
        awaitJudging(true);
        assertThat(read(sku.value()).statusCode()).isEqualTo(404);
        relay.stop();
        try {
            // As if elsewhere, by an instance that cannot tell of it.
            products.write(sku, new ProductDraft("Tea", "", "tea", 888L, "CNY"));
            awaitJudging(false);
            assertThat(changes.isCurrent()).isTrue();
            assertThat(read(sku.value()).statusCode()).isEqualTo(200);
        } finally {
            relay.start();
        }
        awaitJudging(true);
        assertThat(read(sku.value()).statusCode()).isEqualTo(200);
    }

    @Test
    void with_redis_away_reads_go_on() throws Exception {
        Servers.redis().kill();
        try {
            var sku = calls.product("tea", 50);
            assertThat(read(sku).statusCode()).isEqualTo(200);
            calls.put("/api/v1/products/" + sku, Calls.draft("tea", 999), TestTokens.admin());
            assertThat(read(sku).body()).contains("\"priceMinor\":999");
        } finally {
            Servers.bringBack(Servers.redis());
        }
    }

    @Test
    void with_the_database_away_the_last_page_is_shown_and_marked() throws Exception {
        var sku = calls.product("tea", 50);
        settle(sku);
        var last = read(sku).body();
        Servers.mariadb().kill();
        try {
            assertThat(read(sku).headers().firstValue("Cache-Status")).isEmpty();
            cache.changed(sku, 1_000);
            var stale = read(sku);
            assertThat(stale.statusCode()).isEqualTo(200);
            assertThat(stale.body()).isEqualTo(last);
            assertThat(stale.headers().firstValue("Cache-Status").orElseThrow()).contains("stale");
        } finally {
            Servers.bringBack(Servers.mariadb());
        }
        await().atMost(LONG)
                .until(() -> read(sku).headers().firstValue("Cache-Status").isEmpty());
    }

    private void awaitJudging(boolean judging) {
        await().atMost(LONG).until(() -> meters.get("bloom.judging").gauge().value() == (judging ? 1 : 0));
    }

    /** Until the events of the product's making have been heard. */
    private void settle(String sku) {
        var made = products.find(new Sku(sku)).orElseThrow();
        await().atMost(LONG).until(() -> {
            read(sku);
            return cache.ready(sku) instanceof ReadyAnswer page && page.etag().equals(made.etag());
        });
    }

    private double filtered() {
        return meters.get("cache.filtered").counter().count();
    }

    private HttpResponse<String> read(String sku) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/products/" + sku))
                        .build(),
                BodyHandlers.ofString());
    }

    private static Map<String, List<String>> headers(HttpResponse<String> answer) {
        var headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeAll(List.of("x-trace-id", "x-response-time", "date"));
        return headers;
    }
}
