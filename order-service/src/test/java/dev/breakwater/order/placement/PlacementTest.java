package dev.breakwater.order.placement;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static dev.breakwater.order.OrderApi.ONE_LAMP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.order.OrderApi;
import dev.breakwater.order.OrderServiceTest;
import dev.breakwater.platform.testing.TestTokens;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementTest extends OrderServiceTest {

    @Test
    void an_order_is_accepted_with_its_prices_and_its_place() {
        var placed = api.place("alice");
        assertThat(placed.status()).as(placed.raw().body()).isEqualTo(202);
        assertThat(placed.text("status")).isEqualTo("PENDING");
        assertThat(placed.body().path("totalMinor").asLong()).isEqualTo(25_800);
        assertThat(placed.text("currency")).isEqualTo("CNY");
        assertThat(placed.body().path("items").toString())
                .isEqualTo("[{\"sku\":\"LAMP-1\",\"quantity\":2,\"unitPriceMinor\":12900}]");
        assertThat(UUID.fromString(placed.text("id")).version()).isEqualTo(7);
        assertThat(placed.text("createdAt")).endsWith("Z");
        assertThat(placed.raw().headers().firstValue("Location")).contains("/api/v1/orders/" + placed.text("id"));
        assertThat(placed.body().has("reason")).isFalse();

        var order = api.order("alice", placed.text("id"));
        assertThat(order.status()).isEqualTo(200);
        assertThat(order.body().path("timeline").size()).isEqualTo(1);
    }

    @Test
    void an_order_placed_twice_with_one_key_is_one_order() {
        var first = api.place("alice", "twice", ONE_LAMP);
        var reordered = """
                {"paymentMethod": {"token": "tok_ok", "type": "card"},  "items": [{"quantity": 2, "sku": "LAMP-1"}]}
                """;
        var second = api.place("alice", "twice", reordered);
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.text("id")).isEqualTo(first.text("id"));
        assertThat(second.raw().headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(first.raw().headers().firstValue("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void a_key_used_for_another_body_is_refused() {
        api.place("alice", "reused", ONE_LAMP);
        var other = api.place("alice", "reused", ONE_LAMP.replace("2", "3"));
        assertProblem(other, 422, "idempotency_key_reused");
    }

    @Test
    void a_key_belongs_to_its_customer_and_to_its_exact_letters() {
        var ids = new HashSet<String>();
        ids.add(api.place("carol", "mine", ONE_LAMP).text("id"));
        ids.add(api.place("dave", "mine", ONE_LAMP).text("id"));
        ids.add(api.place("Carol", "mine", ONE_LAMP).text("id"));
        ids.add(api.place("carol", "Mine", ONE_LAMP).text("id"));
        assertThat(ids).hasSize(4);
    }

    @Test
    void one_key_fifty_times_at_once_is_one_order() throws Exception {
        var body = ONE_LAMP.replace("LAMP-1", "DESK-1");
        var before = accepted();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<OrderApi.Answer> call = () -> api.place("erin", "at-once", body);
            var ids = new HashSet<String>();
            for (var answer :
                    clients.invokeAll(IntStream.range(0, 50).mapToObj(n -> call).toList())) {
                assertThat(answer.get().status()).as(answer.get().raw().body()).isEqualTo(202);
                ids.add(answer.get().text("id"));
            }
            assertThat(ids).hasSize(1);
        }
        assertThat(accepted()).isEqualTo(before + 1);
    }

    @Test
    void a_refused_request_does_not_use_its_key_up() {
        var unknown = ONE_LAMP.replace("LAMP-1", "LAMP-9");
        assertProblem(api.place("alice", "again", unknown), 422, "unknown_sku");
        product("LAMP-9", 100, "CNY");
        assertThat(api.place("alice", "again", unknown).status()).isEqualTo(202);
    }

    @Test
    void products_of_two_currencies_are_not_one_order() {
        var mixed = """
                {"items": [{"sku": "LAMP-1", "quantity": 1}, {"sku": "BOOK-1", "quantity": 1}],
                 "paymentMethod": {"type": "card", "token": "tok_ok"}}
                """;
        assertProblem(api.place("alice", "mixed", mixed), 422, "mixed_currencies");
    }

    @Test
    void skus_that_differ_in_case_are_different() {
        assertProblem(api.place("alice", "case", ONE_LAMP.replace("LAMP-1", "lamp-1")), 422, "unknown_sku");
    }

    @Test
    void an_unknown_price_with_inventory_away_is_503_and_a_known_one_202() {
        assertThat(api.place("frank").status()).isEqualTo(202);
        INVENTORY.stubFor(
                get(urlPathMatching("/prices/.*")).willReturn(aResponse().withStatus(503)));
        assertThat(api.place("frank").status()).isEqualTo(202);
        var unknown = api.place("frank", "away", ONE_LAMP.replace("LAMP-1", "NEVER-SEEN"));
        assertProblem(unknown, 503, "inventory_unavailable");
        assertThat(unknown.raw().headers().firstValue("Retry-After")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"items\": [], \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}",
                "{\"items\": null, \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}",
                "{\"items\": [null], \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}",
                "{\"items\": [{\"sku\": \"LAMP-1\", \"quantity\": 0}], \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}",
                "{\"items\": [{\"sku\": \"LAMP-1\", \"quantity\": -1}], \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}",
                "{\"items\": [{\"sku\": \"LAMP-1\", \"quantity\": 100}], \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}",
                "{\"items\": [{\"sku\": \"LAMP-1\", \"quantity\": 1.0}], \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}",
                "{\"items\": [{\"sku\": \"LAMP-1\", \"quantity\": \"1\"}], \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}",
                "{\"items\": [{\"sku\": \"LAMP-1\"}], \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}",
                "{\"items\": [{\"sku\": \"LAMP-1\", \"quantity\": 1}]}",
                "{\"items\": [{\"sku\": \"LAMP-1\", \"quantity\": 1}], \"paymentMethod\": {\"type\": \"cash\", \"token\": \"t\"}}",
                "{\"items\": [{\"sku\": \"LAMP-1\", \"quantity\": 1}], \"paymentMethod\": {\"type\": \"card\", \"token\": \"\"}}",
                "{\"items\": [{\"sku\": \"LAMP-1\", \"quantity\": 1}], \"paymentMethod\": {\"type\": \"card\"}}",
                "{\"items\": [{\"sku\": \"../etc\", \"quantity\": 1}], \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}",
                "{\"items\": [{\"sku\": \"a\\u0000b\", \"quantity\": 1}], \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}",
                "{\"items\": [{\"sku\": \"\", \"quantity\": 1}], \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}",
                "{\"items\": [{\"sku\": \"LAMP-1\", \"quantity\": 1, \"price\": 1}], \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}",
                "{\"customer\": \"bob\", \"items\": [{\"sku\": \"LAMP-1\", \"quantity\": 1}], \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}",
                "{\"items\": [{\"sku\": \"LAMP-1\", \"quantity\": 1}, {\"sku\": \"LAMP-1\", \"quantity\": 1}], \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}"
            })
    void a_body_outside_the_schema_is_a_400_that_names_the_field_and_changes_nothing(String body) {
        var before = accepted();
        var answer = api.place("alice", "schema", body);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
        assertThat(answer.body().path("errors").size()).as(answer.raw().body()).isPositive();
        assertThat(accepted()).isEqualTo(before);
    }

    @Test
    void fifty_one_skus_are_too_many() {
        var items = IntStream.range(0, 51)
                .mapToObj(n -> "{\"sku\": \"S-" + n + "\", \"quantity\": 1}")
                .collect(Collectors.joining(","));
        var body = "{\"items\": [" + items + "], \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}";
        assertThat(api.place("alice", "many", body).status()).isEqualTo(400);
    }

    @Test
    void a_key_must_be_there_and_well_formed() {
        var missing = api.request("/api/v1/orders", "alice")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(ONE_LAMP));
        assertProblem(api.send(missing), 400, "idempotency_key_missing");
        assertProblem(api.place("alice", "has space", ONE_LAMP), 400, "idempotency_key_invalid");
        assertProblem(api.place("alice", "x".repeat(65), ONE_LAMP), 400, "idempotency_key_invalid");
    }

    @Test
    void headers_cannot_name_another_customer() {
        var request = api.request("/api/v1/orders", "mallory")
                .header("X-User", "victim")
                .header("X-Customer-Id", "victim")
                .header("X-Forwarded-User", "victim")
                .header("Idempotency-Key", "forged")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(ONE_LAMP));
        var placed = api.send(request);
        assertThat(api.order("mallory", placed.text("id")).status()).isEqualTo(200);
        assertProblem(api.order("victim", placed.text("id")), 404, "order_not_found");
    }

    @Test
    void an_admin_who_is_no_customer_places_nothing() {
        var request = HttpRequest.newBuilder(
                        api.request("/api/v1/orders", "x").build().uri())
                .header("Authorization", "Bearer " + TestTokens.token("root", "admin"))
                .POST(BodyPublishers.ofString(ONE_LAMP));
        assertProblem(api.send(request), 403, "forbidden");
    }

    private long accepted() {
        return api.ledger().body().path("orders").path("accepted").asLong();
    }

    private static void assertProblem(OrderApi.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
    }
}
