package dev.breakwater.inventory.products;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.inventory.Calls;
import dev.breakwater.inventory.InventorySlice;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.platform.testing.TestTokens;
import dev.breakwater.platform.web.page.Page;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

@InventorySlice
class ProductListsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Calls calls;
    private final Products products;
    private final JsonMapper json;
    private final String category = "c-" + UUID.randomUUID();
    private final String path = "/api/v1/products?category=" + category;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    /** Like the service's own, but first pages stay for as long as a test needs. */
    private final ProductLists lists;

    @Autowired
    ProductListsTest(@LocalServerPort int port, Products products, ProductCache cache, JsonMapper json) {
        this.calls = new Calls(port);
        this.products = products;
        this.json = json;
        this.lists = new ProductLists(products, cache, new ProductListsProperties(100, Duration.ofHours(1)), meters);
    }

    @Test
    void a_page_has_the_bytes_that_an_encoded_page_would_have() {
        var skus = written(3);
        var all = skus.stream()
                .map(sku -> products.find(new Sku(sku)).orElseThrow())
                .toList();
        for (var limit = 1; limit <= 4; limit++) {
            var page = Page.of(all.subList(0, Math.min(limit + 1, 3)), limit, Product::sku);
            var answer = calls.get(path + "&limit=" + limit);
            assertThat(answer.response().body()).isEqualTo(json.writeValueAsString(page));
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=1, stale-if-error=300");
        }
    }

    @Test
    void the_next_page_goes_on_where_the_last_one_ended() {
        var skus = written(5);
        var first = calls.get(path + "&limit=2").json();
        var second = calls.get(
                        path + "&limit=2&cursor=" + first.path("nextCursor").asString())
                .json();
        var last = calls.get(
                        path + "&limit=2&cursor=" + second.path("nextCursor").asString())
                .json();
        assertThat(Stream.of(first, second, last)
                        .flatMap(page -> page.path("items").valueStream())
                        .map(item -> item.path("sku").asString()))
                .containsExactlyElementsOf(skus);
        assertThat(last.has("nextCursor")).isFalse();
    }

    @Test
    void a_category_that_there_is_not_is_an_empty_last_page() {
        assertThat(calls.get(path).response().body()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void head_says_what_get_would_and_sends_nothing() {
        written(1);
        var get = calls.get(path);
        var head = calls.head(path);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.response().body()).isEmpty();
        for (var header : List.of("Content-Type", "Content-Length", "Cache-Control")) {
            assertThat(head.header(header)).as(header).isEqualTo(get.header(header));
        }
        assertThat(get.header("Content-Length"))
                .isEqualTo(Integer.toString(get.response().body().getBytes(UTF_8).length));
    }

    @Test
    void a_first_page_is_looked_for_once_however_many_ask_for_it() {
        written(3);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var pages = IntStream.range(0, 100)
                    .mapToObj(n -> CompletableFuture.supplyAsync(() -> page(), threads))
                    .toList();
            assertThat(pages.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        }
        assertThat(walks()).isEqualTo(1);
    }

    @Test
    void a_later_page_is_looked_for_each_time() {
        var skus = written(3);
        lists.page(new Sku(skus.getFirst()), category, 20);
        lists.page(new Sku(skus.getFirst()), category, 20);
        assertThat(walks()).isEqualTo(2);
    }

    @Test
    void what_this_instance_wrote_is_on_the_very_next_page() {
        var skus = new TreeSet<>(written(2));
        assertThat(skus()).containsExactlyElementsOf(skus);
        skus.addAll(written(1));
        assertThat(skus()).containsExactlyElementsOf(skus);

        // Into another category.
        var moved = skus.removeFirst();
        calls.put("/api/v1/products/" + moved, Calls.draft("c-" + UUID.randomUUID(), 5), TestTokens.admin());
        assertThat(skus()).containsExactlyElementsOf(skus);

        calls.put("/api/v1/products/" + skus.first(), Calls.draft(category, 777), TestTokens.admin());
        assertThat(calls.get(path).response().body()).contains("\"priceMinor\":777");
        calls.adjust(skus.first(), 3);
        assertThat(calls.get(path).response().body()).contains("LOW");
    }

    @Test
    void a_write_ends_the_first_pages_that_were_kept_before_it() {
        written(1);
        var before = page();
        var added = "T-" + UUID.randomUUID();
        products.write(new Sku(added), new ProductDraft("Tea", "", category, 1L, "CNY"));
        assertThat(page()).isEqualTo(before);
        lists.changed();
        assertThat(page()).contains(added);
    }

    @Test
    void what_another_instance_added_is_there_within_a_second() {
        written(1);
        calls.get(path);
        var added = "T-" + UUID.randomUUID();
        // Past the controller, as if elsewhere.
        products.write(new Sku(added), new ProductDraft("Tea", "", category, 1L, "CNY"));
        await().atMost(Duration.ofSeconds(1)).until(() -> skus().contains(added));
    }

    @Test
    void what_another_instance_changed_is_heard_of() {
        var sku = written(1).getFirst();
        calls.get(path);
        products.write(new Sku(sku), new ProductDraft("Tea", "", category, 888L, "CNY"));
        await().atMost(LONG).until(() -> calls.get(path).response().body().contains("\"priceMinor\":888"));
    }

    /** Of the category, in order. */
    private List<String> written(int products) {
        return Stream.generate(() -> calls.product(category, 0))
                .limit(products)
                .sorted()
                .toList();
    }

    private List<String> skus() {
        return calls.get(path)
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("sku").asString())
                .toList();
    }

    private String page() {
        return new String(lists.page(null, category, 20), UTF_8);
    }

    private double walks() {
        return meters.get("product.lists.walks").counter().count();
    }
}
