package dev.breakwater.e2e.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.Shop.Stock;
import dev.breakwater.e2e.suite.WithSuite;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@WithSuite
class ProductJourneysTest {

    private final Shop shop;

    ProductJourneysTest(Shop shop) {
        this.shop = shop;
    }

    @Test
    void a_product_is_created_replaced_and_read_by_anybody() {
        var sku = "E2E-" + UUID.randomUUID();
        var created =
                shop.admin().put("products/" + sku, draft("Lantern", 1_500)).expect(201);
        assertThat(created.header("Location")).isEqualTo("/api/v1/products/" + sku);

        // Every instance knows of it within a second, most of them before the answer.
        var read = await().atMost(Duration.ofSeconds(10))
                .until(() -> shop.anonymous().get("products/" + sku), answer -> answer.status() == 200);
        assertThat(read.text("name")).isEqualTo("Lantern");
        assertThat(read.number("priceMinor")).isEqualTo(1_500);
        assertThat(read.text("availability")).isEqualTo("OUT_OF_STOCK");
        assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));

        var replaced =
                shop.admin().put("products/" + sku, draft("Lighthouse", 2_500)).expect(200);
        assertThat(replaced.number("version")).isGreaterThan(read.number("version"));
        assertThat(replaced.header("ETag")).isNotEqualTo(read.header("ETag"));
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        shop.anonymous().get("products/" + sku).text("name").equals("Lighthouse"));
    }

    @Test
    void a_price_that_changed_is_what_the_next_order_pays() {
        var sku = shop.newProduct(100);
        var customer = shop.newCustomer();
        assertThat(customer.place(sku, 1, "tok_ok").expect(202).number("totalMinor"))
                .isEqualTo(10_000);

        shop.admin().put("products/" + sku, draft("Harbour lamp", 12_345)).expect(200);

        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> customer.place(sku, 1, "tok_ok").expect(202).number("totalMinor") == 12_345);
    }

    @Test
    void who_has_the_version_already_is_told_so_without_a_body() {
        var product = shop.anonymous().get("products/SKU-000002").expect(200);
        assertThat(product.header("Cache-Control")).isEqualTo("public, max-age=1, stale-if-error=300");
        assertThat(product.header("ETag")).matches("\"[^\"]+\"");

        var again = shop.anonymous()
                .send(
                        "products/SKU-000002",
                        request -> request.header("If-None-Match", product.header("ETag"))
                                .GET());

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.text()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(product.header("ETag"));
        shop.anonymous()
                .send(
                        "products/SKU-000002",
                        request ->
                                request.header("If-None-Match", "\"another\"").GET())
                .expect(200);
    }

    @Test
    void head_answers_like_get_without_the_body() {
        var get = shop.anonymous().get("products/SKU-000003").expect(200);

        var head = shop.anonymous().head("products/SKU-000003");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
        assertThat(head.header("X-Trace-Id")).matches("[0-9a-f]{32}");
        assertThat(shop.anonymous().head("products/SKU-999999").status()).isEqualTo(404);
    }

    @Test
    void a_category_is_read_page_by_page_to_its_end() {
        var category = shop.anonymous().get("products/SKU-000001").expect(200).text("category");
        var path = "products?limit=100&category=" + URLEncoder.encode(category, StandardCharsets.UTF_8);

        var skus = new TreeSet<String>();
        var cursor = "";
        var pages = 0;
        do {
            var page = shop.anonymous().get(path + cursor).expect(200);
            page.json().path("items").forEach(item -> {
                assertThat(item.path("category").asString()).isEqualTo(category);
                skus.add(item.path("sku").asString());
            });
            cursor = page.json().has("nextCursor") ? "&cursor=" + page.text("nextCursor") : "";
            pages++;
        } while (!cursor.isEmpty());

        // 10,000 products in 20 categories.
        assertThat(skus).hasSize(500).contains("SKU-000001");
        assertThat(pages).isBetween(5, 6);
    }

    @Test
    void a_delivery_sent_twice_is_booked_once() {
        var sku = shop.newProduct(0);
        var admin = shop.admin();
        var delivery = "{\"delta\": 30, \"reason\": \"delivery\"}";

        var first = admin.post("products/" + sku + "/stock", "delivery-" + sku, delivery)
                .expect(200);
        var again = admin.post("products/" + sku + "/stock", "delivery-" + sku, delivery)
                .expect(200);

        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.json()).isEqualTo(first.json());
        admin.post("products/" + sku + "/stock", "delivery-" + sku, "{\"delta\": 31, \"reason\": \"delivery\"}")
                .expectProblem(422, "idempotency_key_reused");
        assertThat(shop.stock(sku)).isEqualTo(new Stock(30, 0, 30));
    }

    @Test
    void no_more_can_be_taken_out_than_is_there() {
        var sku = shop.newProduct(3);

        shop.admin()
                .post("products/" + sku + "/stock", "loss-" + sku, "{\"delta\": -4, \"reason\": \"storm\"}")
                .expectProblem(422, "stock_below_zero");
        assertThat(shop.stock(sku)).isEqualTo(new Stock(3, 0, 3));
        // A refusal has not used the key up.
        shop.admin()
                .post("products/" + sku + "/stock", "loss-" + sku, "{\"delta\": -3, \"reason\": \"storm\"}")
                .expect(200);
        assertThat(shop.stock(sku)).isEqualTo(new Stock(0, 0, 0));
    }

    private static String draft(String name, int priceMinor) {
        return """
                {"name": "%s", "description": "For tests.", "category": "e2e", "priceMinor": %d, "currency": "CNY"}""".formatted(name, priceMinor);
    }
}
