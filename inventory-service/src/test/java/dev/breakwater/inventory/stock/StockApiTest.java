package dev.breakwater.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.inventory.Calls;
import dev.breakwater.inventory.InventorySlice;
import dev.breakwater.platform.testing.TestTokens;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@InventorySlice
class StockApiTest {

    private static final String DELIVERY = "{\"delta\": 100, \"reason\": \"delivery\"}";

    private final Calls calls;
    private final JdbcClient jdbc;

    @Autowired
    StockApiTest(@LocalServerPort int port, JdbcClient jdbc) {
        this.calls = new Calls(port);
        this.jdbc = jdbc;
    }

    @Test
    void a_delivery_adds_to_the_stock_and_is_a_row_of_the_ledger() {
        var sku = calls.product("kitchen", 0);
        var adjusted = post(sku, DELIVERY, key());
        assertThat(adjusted.status()).isEqualTo(200);
        assertThat(adjusted.json().toString())
                .isEqualTo("{\"sku\":\"%s\",\"onHand\":100,\"reserved\":0,\"available\":100}".formatted(sku));
        assertThat(jdbc.sql("SELECT CONCAT(seq, kind, reason, on_hand_change, on_hand) FROM stock_ledger WHERE sku = ?")
                        .param(sku)
                        .query(String.class)
                        .list())
                .containsExactly("1ADJUSTEDdelivery100100");
    }

    @Test
    void more_than_is_available_cannot_be_taken_away() {
        var sku = calls.product("kitchen", 10);
        var key = key();
        var refused = post(sku, "{\"delta\": -11, \"reason\": \"lost\"}", key);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("stock_below_zero");
        assertThat(calls.stock(sku)).isEqualTo("10/0");
        // A refusal does not use its key up.
        assertThat(post(sku, "{\"delta\": -10, \"reason\": \"lost\"}", key).status())
                .isEqualTo(200);
        assertThat(calls.stock(sku)).isEqualTo("0/0");
    }

    @Test
    void a_repeated_key_gets_the_same_answer_and_another_body_is_refused() {
        var sku = calls.product("kitchen", 0);
        var key = key();
        var first = post(sku, DELIVERY, key);
        calls.adjust(sku, 5);
        var second = post(sku, "{ \"reason\":\"delivery\",\"delta\":100 }", key);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.response().body()).isEqualTo(first.response().body());
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");

        var other = post(sku, "{\"delta\": 101, \"reason\": \"delivery\"}", key);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
        assertThat(calls.stock(sku)).isEqualTo("105/0");
    }

    @Test
    void keys_belong_to_caller_and_product_and_differ_in_case() {
        var sku = calls.product("kitchen", 0);
        var other = calls.product("kitchen", 0);
        post(sku, DELIVERY, "a-key");
        assertThat(post(other, DELIVERY, "a-key").header("Idempotent-Replayed")).isEmpty();
        assertThat(post(sku, DELIVERY, "A-KEY").header("Idempotent-Replayed")).isEmpty();
        var deputy = calls.post(path(sku), DELIVERY, TestTokens.token("deputy", "admin"), "Idempotency-Key", "a-key");
        assertThat(deputy.header("Idempotent-Replayed")).isEmpty();
        assertThat(calls.stock(sku)).isEqualTo("300/0");
    }

    @Test
    void the_same_key_fifty_times_at_once_takes_effect_once() {
        var sku = calls.product("kitchen", 0);
        var key = key();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 50)
                    .mapToObj(n -> CompletableFuture.supplyAsync(() -> post(sku, DELIVERY, key), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(answers).allMatch(answer -> answer.status() == 200);
            assertThat(answers.stream().map(answer -> answer.header("Idempotent-Replayed")))
                    .containsOnlyOnce("");
        }
        assertThat(calls.stock(sku)).isEqualTo("100/0");
    }

    @Test
    void two_hundred_adjustments_of_one_product_at_once_add_up_and_each_is_a_row_of_the_ledger() {
        var sku = calls.product("kitchen", 0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var levels = IntStream.rangeClosed(1, 200)
                    .mapToObj(delta -> "{\"delta\": %d, \"reason\": \"delivery\"}".formatted(delta))
                    .map(body -> CompletableFuture.supplyAsync(() -> postUntilLetIn(sku, body), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .map(answer -> answer.json().path("onHand").asLong())
                    .toList();
            assertThat(levels).doesNotHaveDuplicates().contains(20_100L);
        }
        assertThat(calls.stock(sku)).isEqualTo("20100/0");
        assertThat(jdbc.sql("SELECT CONCAT(COUNT(*), ':', MAX(seq), ':', SUM(on_hand_change)) FROM stock_ledger"
                                + " WHERE sku = ?")
                        .param(sku)
                        .query(String.class)
                        .single())
                .isEqualTo("200:200:20100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[1]",
                "{\"delta\": 0, \"reason\": \"x\"}",
                "{\"delta\": 1.5, \"reason\": \"x\"}",
                "{\"delta\": \"1\", \"reason\": \"x\"}",
                "{\"delta\": true, \"reason\": \"x\"}",
                "{\"delta\": 1000000001, \"reason\": \"x\"}",
                "{\"delta\": -1000000001, \"reason\": \"x\"}",
                "{\"delta\": 1e400, \"reason\": \"x\"}",
                "{\"delta\": null, \"reason\": \"x\"}",
                "{\"delta\": 1}",
                "{\"delta\": 1, \"reason\": \"\"}",
                "{\"delta\": 1, \"reason\": \"a\\u0007\"}",
                "{\"delta\": 1, \"reason\": \"x\", \"customer\": \"bob\"}",
                "{\"delta\": 1, \"delta\": 2, \"reason\": \"x\"}"
            })
    void a_body_outside_the_schema_is_400_and_changes_nothing(String body) {
        var sku = calls.product("kitchen", 1);
        var answer = post(sku, body, key());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(calls.stock(sku)).isEqualTo("1/0");
    }

    @Test
    void a_key_is_needed_and_has_a_form() {
        var sku = calls.product("kitchen", 0);
        assertThat(calls.post(path(sku), DELIVERY, TestTokens.admin()).code()).isEqualTo("idempotency_key_missing");
        assertThat(post(sku, DELIVERY, "a key").code()).isEqualTo("idempotency_key_invalid");
        assertThat(post(sku, DELIVERY, "x".repeat(65)).code()).isEqualTo("idempotency_key_invalid");
    }

    @Test
    void an_unknown_product_has_no_stock() {
        var answer = post("T-unknown", DELIVERY, key());
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("product_not_found");
        assertThat(post("a%20b", DELIVERY, key()).code()).isEqualTo("invalid_sku");
        assertThat(calls.get(path("T-unknown"), "Authorization", "Bearer " + TestTokens.customer("alice"))
                        .code())
                .isEqualTo("product_not_found");
    }

    @Test
    void stock_is_read_by_who_is_signed_in_and_changed_by_admins() {
        var sku = calls.product("kitchen", 1);
        assertThat(calls.get(path(sku)).status()).isEqualTo(401);
        assertThat(calls.post(path(sku), DELIVERY, null, "Idempotency-Key", key())
                        .status())
                .isEqualTo(401);
        assertThat(calls.post(path(sku), DELIVERY, TestTokens.customer("alice"), "Idempotency-Key", key())
                        .status())
                .isEqualTo(403);
        assertThat(calls.get(path(sku), "Authorization", "Bearer " + TestTokens.wrongAudience("alice"))
                        .status())
                .isEqualTo(401);
        assertThat(calls.stock(sku)).isEqualTo("1/0");
    }

    /** The door may refuse some of so many at once (503); who asks again with the key that he had is counted once. */
    private Calls.Answer postUntilLetIn(String sku, String body) {
        var key = key();
        return await().until(() -> post(sku, body, key), answer -> answer.status() == 200);
    }

    private Calls.Answer post(String sku, String body, String key) {
        return calls.post(path(sku), body, TestTokens.admin(), "Idempotency-Key", key);
    }

    private static String path(String sku) {
        return "/api/v1/products/" + sku + "/stock";
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
