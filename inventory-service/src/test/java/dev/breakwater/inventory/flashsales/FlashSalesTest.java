package dev.breakwater.inventory.flashsales;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.inventory.Calls;
import dev.breakwater.inventory.InventorySlice;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.testing.Contracts;
import dev.breakwater.platform.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@InventorySlice
class FlashSalesTest {

    private static final Instant LATER = Instant.now().plus(Duration.ofHours(2));

    private final Calls calls;
    private final JdbcClient jdbc;

    @Autowired
    FlashSalesTest(@LocalServerPort int port, JdbcClient jdbc) {
        this.calls = new Calls(port);
        this.jdbc = jdbc;
    }

    @Test
    void an_announced_sale_has_its_stock_set_aside_and_can_be_read_by_anybody() {
        var sku = calls.product("tea", 10);
        var announced = announce(sale(sku, 8, Instant.EPOCH, LATER));
        assertThat(announced.status()).isEqualTo(201);
        var id = announced.json().path("id").asString();
        assertThat(announced.header("Location")).isEqualTo("/api/v1/flash-sales/" + id);
        assertThat(announced.json().has("state")).isFalse();
        assertThat(available(sku)).isEqualTo(2);

        var read = calls.get("/api/v1/flash-sales/" + id);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "sku",
                        "priceMinor",
                        "currency",
                        "quantity",
                        "perCustomerLimit",
                        "startsAt",
                        "endsAt",
                        "state",
                        "remaining");
        assertThat(read.json().path("state").asString()).isEqualTo("OPEN");
        assertThat(read.json().path("remaining").asLong()).isEqualTo(8);
        assertThat(calls.head("/api/v1/flash-sales/" + id).status()).isEqualTo(200);
    }

    @Test
    void a_sale_that_starts_later_is_scheduled_and_its_stock_set_aside_already() {
        var sku = calls.product("tea", 10);
        var id = announced(sale(sku, 8, LATER.minusSeconds(60), LATER));
        assertThat(state(id)).isEqualTo("SCHEDULED");
        assertThat(available(sku)).isEqualTo(2);
    }

    @Test
    void more_than_is_available_cannot_be_set_aside() {
        var sku = calls.product("tea", 10);
        announced(sale(sku, 8, Instant.EPOCH, LATER));
        var second = announce(sale(sku, 3, Instant.EPOCH, LATER));
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.code()).isEqualTo("stock_below_zero");
        assertThat(available(sku)).isEqualTo(2);
    }

    @Test
    void stock_that_is_set_aside_cannot_be_taken_away() {
        var sku = calls.product("tea", 10);
        announced(sale(sku, 8, Instant.EPOCH, LATER));
        var taken = calls.post(
                "/api/v1/products/" + sku + "/stock",
                "{\"delta\": -3, \"reason\": \"broken\"}",
                TestTokens.admin(),
                "Idempotency-Key",
                "take");
        assertThat(taken.code()).isEqualTo("stock_below_zero");
    }

    @Test
    void sales_announced_at_the_same_moment_never_set_aside_more_than_there_is() {
        var sku = calls.product("tea", 10);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = IntStream.range(0, 8)
                    .mapToObj(n -> CompletableFuture.supplyAsync(
                            () -> announce(sale(sku, 3, Instant.EPOCH, LATER)).status(), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(statuses).containsOnly(201, 422);
            assertThat(statuses.stream().filter(status -> status == 201)).hasSize(3);
        }
        assertThat(available(sku)).isEqualTo(1);
    }

    @Test
    void a_product_whose_stock_is_all_set_aside_is_shown_as_out_of_stock() {
        var sku = calls.product("tea", 10);
        announced(sale(sku, 10, Instant.EPOCH, LATER));
        assertThat(calls.get("/api/v1/products/" + sku)
                        .json()
                        .path("availability")
                        .asString())
                .isEqualTo("OUT_OF_STOCK");
    }

    @Test
    void the_ledger_knows_what_is_set_aside() {
        announced(sale(calls.product("tea", 10), 7, Instant.EPOCH, LATER));
        var page = calls.get("/internal/ledger?depth=full", "Authorization", "Bearer " + TestTokens.admin())
                .json();
        assertThat(page.path("violations").toString()).doesNotContain("Flash sales", "setAside");
        assertThat(page.path("stock").path("setAside").asLong()).isGreaterThanOrEqualTo(7);
    }

    @Test
    void a_sale_that_keeps_more_than_the_ledger_says_is_found_by_the_audit() {
        var id = announced(sale(calls.product("tea", 10), 7, Instant.EPOCH, LATER));
        var bytes = BinaryUuid.toBytes(UUID.fromString(id));
        jdbc.sql("UPDATE flash_sales SET remaining = remaining - 1 WHERE id = ?")
                .param(bytes)
                .update();
        try {
            var page = calls.get("/internal/ledger?depth=full", "Authorization", "Bearer " + TestTokens.admin())
                    .json();
            assertThat(page.path("violations").toString()).contains("Flash sales keep");
        } finally {
            jdbc.sql("UPDATE flash_sales SET remaining = remaining + 1 WHERE id = ?")
                    .param(bytes)
                    .update();
        }
    }

    @Test
    void an_announcement_is_written_as_the_sample_says() {
        var sample =
                JsonMapper.shared().readTree(Contracts.sample(Topics.INVENTORY_FLASH_SALES, "FlashSaleAnnounced", 1));
        var announced = FlashSaleAnnounced.of(new FlashSale(
                UUID.fromString("0199a4b2-6f00-7c3d-8a1e-5b2f9c7d4e11"),
                new Sku("SKU-000001"),
                9_900,
                "CNY",
                100,
                2,
                Instant.parse("2026-11-20T08:00:00Z"),
                Instant.parse("2026-11-20T09:00:00.5Z")));
        assertThat(announced.topic()).isEqualTo(Topics.INVENTORY_FLASH_SALES);
        assertThat(announced.key()).isEqualTo(sample.path("id").asString());
        assertThat(JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsBytes(announced.payload())))
                .isEqualTo(sample);
    }

    @Test
    void announcing_is_for_admins_of_a_product_that_there_is() {
        var sale = sale(calls.product("tea", 10), 1, Instant.EPOCH, LATER);
        assertThat(calls.post("/api/v1/flash-sales", sale, null).status()).isEqualTo(401);
        assertThat(calls.post("/api/v1/flash-sales", sale, TestTokens.customer("alice"))
                        .status())
                .isEqualTo(403);
        var unknown = announce(sale("NO-SUCH", 1, Instant.EPOCH, LATER));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("product_not_found");
        assertThat(calls.get("/api/v1/flash-sales/" + UUID.randomUUID()).code()).isEqualTo("flash_sale_not_found");
        assertThat(calls.get("/api/v1/flash-sales/none").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "quantity": 8          | "quantity": 0                     | quantity
            "perCustomerLimit": 2  | "perCustomerLimit": 0             | perCustomerLimit
            "priceMinor": 900      | "priceMinor": -1                  | priceMinor
            "currency": "CNY"      | "currency": "cny"                 | currency
            "endsAt": "2999-       | "endsAt": "1971-                  | endsAt
            "endsAt": "2999-       | "endsAt": "1969-                  | endsAt
            "startsAt": "1970-     | "startsAt": "0001-                | startsAt
            "endsAt": "2999-       | "endsAt": "+99999-                | endsAt
            """)
    void a_sale_outside_of_the_schema_is_refused_with_the_field_that_is_wrong(String is, String becomes, String field) {
        var good = sale("TEA", 8, Instant.EPOCH, Instant.parse("2999-01-01T00:00:00Z"));
        assertThat(good).contains(is);
        var answer = announce(good.replace(is, becomes));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.json().path("errors").path(0).path("field").asString())
                .isEqualTo(field);
    }

    private long available(String sku) {
        return calls.get(
                        "/api/v1/products/" + sku + "/stock", "Authorization", "Bearer " + TestTokens.customer("alice"))
                .json()
                .path("available")
                .asLong();
    }

    private String state(String id) {
        return calls.get("/api/v1/flash-sales/" + id).json().path("state").asString();
    }

    private String announced(String sale) {
        var answer = announce(sale);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private Calls.Answer announce(String sale) {
        return calls.post("/api/v1/flash-sales", sale, TestTokens.admin());
    }

    private static String sale(String sku, long quantity, Instant startsAt, Instant endsAt) {
        return """
                {"sku": "%s", "priceMinor": 900, "currency": "CNY", "quantity": %d, "perCustomerLimit": 2,
                 "startsAt": "%s", "endsAt": "%s"}
                """.formatted(sku, quantity, startsAt, endsAt);
    }
}
