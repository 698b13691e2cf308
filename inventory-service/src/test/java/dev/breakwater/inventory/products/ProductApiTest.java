package dev.breakwater.inventory.products;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.inventory.Calls;
import dev.breakwater.inventory.InventorySlice;
import dev.breakwater.platform.testing.TestTokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@InventorySlice
class ProductApiTest {

    private final Calls calls;

    @Autowired
    ProductApiTest(@LocalServerPort int port) {
        this.calls = new Calls(port);
    }

    @Test
    void a_product_is_created_with_201_and_replaced_with_200_and_a_higher_version() {
        var path = "/api/v1/products/T-" + UUID.randomUUID();
        var created = calls.put(path, Calls.draft("kitchen", 12_900), TestTokens.admin());
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo(path);
        assertThat(created.json().path("version").asLong()).isEqualTo(1);
        assertThat(created.json().path("availability").asString()).isEqualTo("OUT_OF_STOCK");

        var replaced = calls.put(path, Calls.draft("kitchen", 0), TestTokens.admin());
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().path("version").asLong()).isEqualTo(2);

        var read = calls.get(path);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(replaced.json());
        assertThat(read.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "sku", "name", "description", "category", "priceMinor", "currency", "availability", "version");
    }

    @Test
    void a_page_carries_a_strong_entity_tag_and_how_long_it_may_be_kept() {
        var path = "/api/v1/products/" + calls.product("kitchen", 0);
        var read = calls.get(path);
        assertThat(read.header("ETag")).isEqualTo("\"1\"");
        assertThat(read.header("Cache-Control")).isEqualTo("public, max-age=1, stale-if-error=300");

        var same = calls.get(path, "If-None-Match", "\"7\", \"1\"");
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.response().body()).isEmpty();
        assertThat(same.header("ETag")).isEqualTo("\"1\"");
        assertThat(same.header("Cache-Control")).isEqualTo("public, max-age=1, stale-if-error=300");
        assertThat(calls.get(path, "If-None-Match", "*").status()).isEqualTo(304);
        assertThat(calls.get(path, "If-None-Match", "\"2\"").status()).isEqualTo(200);
        assertThat(calls.get(path, "If-None-Match", "nonsense").status()).isEqualTo(200);

        var head = calls.head(path);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("ETag")).isEqualTo("\"1\"");
        assertThat(head.response().body()).isEmpty();
    }

    @Test
    void skus_that_differ_only_in_case_are_different_products() {
        var sku = "c-" + UUID.randomUUID();
        assertThat(calls.put("/api/v1/products/" + sku, Calls.draft("kitchen", 1), TestTokens.admin())
                        .status())
                .isEqualTo(201);
        var upper = calls.get("/api/v1/products/" + sku.toUpperCase(Locale.ROOT));
        assertThat(upper.status()).isEqualTo(404);
        assertThat(upper.code()).isEqualTo("product_not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%2Fb",
                "a%252Fb",
                "a%5Cb",
                "a%00b",
                "a%0Ab",
                "a%7Fb",
                "a%20b",
                "a;b=c",
                "%E4%BA%A7",
                "a+b",
                "%ff",
                "0123456789012345678901234567890123456789x"
            })
    void what_is_no_sku_is_a_400_problem(String sku) {
        var read = calls.get("/api/v1/products/" + sku);
        assertThat(read.status()).isEqualTo(400);
        assertThat(read.header("Content-Type")).startsWith("application/problem+json");
        assertThat(read.code()).isIn("invalid_sku", "malformed_request");
    }

    @Test
    void a_plainly_wrong_sku_is_named_so_in_every_call() {
        assertThat(calls.get("/api/v1/products/a%20b").code()).isEqualTo("invalid_sku");
        assertThat(calls.put("/api/v1/products/a%20b", Calls.draft("kitchen", 1), TestTokens.admin())
                        .code())
                .isEqualTo("invalid_sku");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "not json",
                "{\"name\": \"A\", \"description\": \"\", \"category\": \"c\", \"priceMinor\": -1, \"currency\": \"CNY\"}",
                "{\"name\": \"A\", \"description\": \"\", \"category\": \"c\", \"priceMinor\": 1.5, \"currency\": \"CNY\"}",
                "{\"name\": \"A\", \"description\": \"\", \"category\": \"c\", \"priceMinor\": \"1\", \"currency\": \"CNY\"}",
                "{\"name\": \"A\", \"description\": \"\", \"category\": \"c\", \"priceMinor\": 1000000000001, \"currency\": \"CNY\"}",
                "{\"name\": \"A\", \"description\": \"\", \"category\": \"c\", \"priceMinor\": 99999999999999999999999, \"currency\": \"CNY\"}",
                "{\"name\": \"A\", \"description\": \"\", \"category\": \"c\", \"priceMinor\": null, \"currency\": \"CNY\"}",
                "{\"name\": \"A\", \"description\": \"\", \"category\": \"c\", \"priceMinor\": 1, \"currency\": \"cny\"}",
                "{\"name\": \"A\", \"description\": \"\", \"category\": \"c\", \"priceMinor\": 1, \"currency\": \"ZZZ\"}",
                "{\"name\": \" \", \"description\": \"\", \"category\": \"c\", \"priceMinor\": 1, \"currency\": \"CNY\"}",
                "{\"name\": \"A\\u0000\", \"description\": \"\", \"category\": \"c\", \"priceMinor\": 1, \"currency\": \"CNY\"}",
                "{\"name\": 5, \"description\": \"\", \"category\": \"c\", \"priceMinor\": 1, \"currency\": \"CNY\"}",
                "{\"name\": \"A\", \"category\": \"c\", \"priceMinor\": 1, \"currency\": \"CNY\"}",
                "{\"sku\": \"X\", \"name\": \"A\", \"description\": \"\", \"category\": \"c\", \"priceMinor\": 1, \"currency\": \"CNY\"}"
            })
    void a_body_outside_the_schema_is_400_and_changes_nothing(String body) {
        var path = "/api/v1/products/T-" + UUID.randomUUID();
        var answer = calls.put(path, body, TestTokens.admin());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(calls.get(path).status()).isEqualTo(404);
    }

    @Test
    void a_wrong_field_is_named_in_errors() {
        var answer = calls.put(
                "/api/v1/products/T-" + UUID.randomUUID(), Calls.draft("x".repeat(61), -1), TestTokens.admin());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("field").asString())
                        .toList())
                .containsExactlyInAnyOrder("category", "priceMinor");
    }

    @Test
    void names_keep_every_character_of_unicode() {
        var path = "/api/v1/products/T-" + UUID.randomUUID();
        calls.put(path, Calls.draft("茶 🍵", 1), TestTokens.admin());
        assertThat(calls.get(path).json().path("category").asString()).isEqualTo("茶 🍵");
    }

    @Test
    void only_admins_write_products() {
        var path = "/api/v1/products/T-" + UUID.randomUUID();
        assertThat(calls.put(path, Calls.draft("kitchen", 1), null).status()).isEqualTo(401);
        assertThat(calls.put(path, "not json", TestTokens.customer("alice")).status())
                .isEqualTo(403);
        assertThat(calls.put(path, Calls.draft("kitchen", 1), TestTokens.expired("alice"))
                        .status())
                .isEqualTo(401);
        assertThat(calls.put(path, Calls.draft("kitchen", 1), TestTokens.unsigned("alice"))
                        .status())
                .isEqualTo(401);
        assertThat(calls.get(path).status()).isEqualTo(404);
        assertThat(calls.delete(path, "Authorization", "Bearer " + TestTokens.admin())
                        .status())
                .isEqualTo(405);
    }

    @Test
    void a_category_is_read_page_by_page_in_order_of_sku() {
        var category = "c-" + UUID.randomUUID();
        var skus = new TreeSet<>(
                IntStream.range(0, 7).mapToObj(n -> calls.product(category, 0)).toList());
        var seen = new ArrayList<String>();
        var path = "/api/v1/products?category=" + category + "&limit=3";
        var cursor = "";
        do {
            var page = calls.get(path + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .json();
            page.path("items").forEach(item -> seen.add(item.path("sku").asString()));
            assertThat(page.has("nextCursor")).isEqualTo(seen.size() < 7);
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactlyElementsOf(skus);
    }

    @Test
    void without_a_category_all_products_are_listed_in_order_of_sku() {
        calls.product("kitchen", 0);
        calls.product("tea", 0);
        var skus = calls.get("/api/v1/products?limit=100")
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("sku").asString())
                .toList();
        assertThat(skus).hasSizeGreaterThanOrEqualTo(2).isSortedAccordingTo(Comparator.naturalOrder());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "limit=-1", "cursor=*", "cursor=YSBi", "category="})
    void a_page_that_cannot_be_is_400(String query) {
        assertThat(calls.get("/api/v1/products?" + query).status()).isEqualTo(400);
    }

    @Test
    void a_product_created_twenty_times_at_once_is_created_once() {
        var path = "/api/v1/products/T-" + UUID.randomUUID();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = IntStream.range(0, 20)
                    .mapToObj(n -> CompletableFuture.supplyAsync(
                            () -> calls.put(path, Calls.draft("kitchen", n), TestTokens.admin())
                                    .status(),
                            threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
        }
        assertThat(calls.get(path).json().path("version").asLong()).isEqualTo(20);
    }

    @Test
    void the_class_of_availability_and_the_version_follow_the_stock() {
        var sku = calls.product("kitchen", 3);
        assertThat(availability(sku)).isEqualTo(List.of("LOW", 2L));
        calls.adjust(sku, 1);
        assertThat(availability(sku)).isEqualTo(List.of("LOW", 2L));
        calls.adjust(sku, 2);
        assertThat(availability(sku)).isEqualTo(List.of("IN_STOCK", 3L));
        calls.adjust(sku, -6);
        assertThat(availability(sku)).isEqualTo(List.of("OUT_OF_STOCK", 4L));
    }

    private List<Object> availability(String sku) {
        var product = calls.get("/api/v1/products/" + sku).json();
        return List.of(
                product.path("availability").asString(), product.path("version").asLong());
    }
}
