package dev.breakwater.order.overview;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.breakwater.order.OrderApi;
import dev.breakwater.order.OrderServiceTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

@TestPropertySource(
        properties = {
            "breakwater.order.overview.at-a-time=2",
            "breakwater.order.overview.time-limit=1500ms",
            // A busy machine takes longer to answer than to gather.
            "breakwater.order.overview.reserve=200ms"
        })
class OverviewTest extends OrderServiceTest {

    private static final WireMockServer PAYMENT =
            new WireMockServer(options().dynamicPort().containerThreads(60));
    private static final int NEVER_MS = 3_000;

    private static final String LAMP_AND_DESK = """
            {"items": [{"sku": "LAMP-1", "quantity": 2}, {"sku": "DESK-1", "quantity": 1}],
             "paymentMethod": {"type": "card", "token": "tok_ok"}}
            """;

    @Autowired
    private MeterRegistry meters;

    private String order = "";

    @DynamicPropertySource
    static void payment(DynamicPropertyRegistry registry) {
        PAYMENT.start();
        registry.add("PAYMENT_URL", PAYMENT::baseUrl);
    }

    @BeforeEach
    void order() {
        PAYMENT.resetAll();
        var placed = api.place("alice", UUID.randomUUID().toString(), LAMP_AND_DESK);
        assertThat(placed.status()).as(placed.raw().body()).isEqualTo(202);
        order = placed.text("id");
        payments(okJson("""
                {"id": "0199a4b2-6f00-7c3d-8a1e-5b2f9c7d4e1a", "orderId": "%s", "status": "CAPTURED",
                 "amountMinor": 125700, "currency": "CNY", "channel": "harbour"}
                """.formatted(order)));
        INVENTORY.resetRequests();
    }

    @Test
    void an_overview_is_the_order_with_its_payment_and_its_products() {
        var overview = overview("alice");

        assertThat(overview.status()).as(overview.raw().body()).isEqualTo(200);
        assertThat(overview.body().path("order"))
                .isEqualTo(api.order("alice", order).body());
        assertThat(overview.body().path("payment").propertyNames())
                .containsExactly("id", "orderId", "status", "amountMinor", "currency", "channel");
        assertThat(overview.body().at("/payment/status").asString()).isEqualTo("CAPTURED");
        assertThat(skus(overview)).containsExactly("LAMP-1", "DESK-1");
        assertThat(overview.body().at("/products/1/priceMinor").asLong()).isEqualTo(99_900);
        assertComplete(overview);
    }

    @Test
    void fifty_products_are_all_there_in_the_order_of_the_items() {
        var expected = IntStream.range(0, 50).mapToObj(n -> "MANY-" + n).toList();
        expected.forEach(sku -> product(sku, 100, "CNY"));
        var items = expected.stream()
                .map(sku -> "{\"sku\": \"%s\", \"quantity\": 1}".formatted(sku))
                .collect(Collectors.joining(","));
        order = api.place(
                        "alice",
                        UUID.randomUUID().toString(),
                        "{\"items\": [" + items + "], \"paymentMethod\": {\"type\": \"card\", \"token\": \"t\"}}")
                .text("id");

        var overview = overview("alice");

        assertThat(skus(overview)).isEqualTo(expected);
        assertComplete(overview);
    }

    @Test
    void a_payment_that_does_not_exist_yet_is_absent_and_not_missing() {
        payments(aResponse().withStatus(404));

        var overview = overview("alice");

        assertThat(overview.body().has("payment")).isFalse();
        assertComplete(overview);
    }

    @Test
    void a_product_that_is_not_known_any_more_is_absent_and_not_missing() {
        products("DESK-1", aResponse().withStatus(404));

        var overview = overview("alice");

        assertThat(skus(overview)).containsExactly("LAMP-1");
        assertComplete(overview);
    }

    @Test
    void what_does_not_come_in_time_is_named_and_the_rest_is_returned_in_time() {
        payments(okJson("{}").withFixedDelay(NEVER_MS));
        overview("alice");
        var began = System.nanoTime();

        var overview = within(700, "alice");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(700));
        assertPartial(overview, "payment");
        assertThat(overview.body().path("order").path("id").asString()).isEqualTo(order);
        assertThat(skus(overview)).containsExactly("LAMP-1", "DESK-1");
    }

    @Test
    void a_client_that_waits_for_ever_has_its_answer_within_the_limit() {
        payments(okJson("{}").withFixedDelay(NEVER_MS));
        products(".*", okJson("{}").withFixedDelay(NEVER_MS));

        var overview = within(60_000, "alice");

        assertPartial(overview, "payment", "products");
        assertThat(Long.parseLong(
                        overview.raw().headers().firstValue("X-Response-Time").orElseThrow()))
                .isLessThan(1_500);
    }

    @Test
    void what_fails_is_named_too() {
        payments(aResponse().withStatus(500));
        assertPartial(overview("alice"), "payment");

        payments(okJson("surprise"));
        products(".*", aResponse().withStatus(503));
        var nothing = overview("alice");
        assertPartial(nothing, "payment", "products");
        assertThat(nothing.body().path("products")).isEmpty();
    }

    @Test
    void of_several_products_each_that_is_missing_is_named() {
        products("DESK-1", aResponse().withStatus(500));

        var overview = overview("alice");

        assertPartial(overview, "products/DESK-1");
        assertThat(skus(overview)).containsExactly("LAMP-1");
        assertThat(overview.body().at("/payment/status").asString()).isEqualTo("CAPTURED");
    }

    @Test
    void anothers_order_and_none_at_all_are_404_and_nobody_is_asked() {
        assertProblem(overview("mallory"), 404, "order_not_found");
        order = UUID.randomUUID().toString();
        assertProblem(overview("alice"), 404, "order_not_found");

        assertThat(received(PAYMENT)).isEmpty();
        assertThat(received(INVENTORY)).isEmpty();
    }

    @Test
    void the_customers_token_the_trace_and_what_is_left_of_the_time_go_along() {
        var overview = within(1_000, "alice");

        var asked = received(PAYMENT);
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().getHeader("Authorization")).startsWith("Bearer ey");
        assertThat(received(INVENTORY))
                .hasSize(2)
                .allSatisfy(product ->
                        assertThat(product.containsHeader("Authorization")).isFalse());
        asked.addAll(received(INVENTORY));
        var trace = overview.raw().headers().firstValue("X-Trace-Id").orElseThrow();
        assertThat(asked).allSatisfy(call -> {
            assertThat(call.getHeader("traceparent")).contains(trace);
            assertThat(Integer.parseInt(call.getHeader("X-Request-Deadline-Ms")))
                    .isBetween(1, 800);
        });
    }

    @Test
    void one_overview_more_than_there_is_room_for_is_503_at_once() throws Exception {
        payments(okJson("{}").withFixedDelay(NEVER_MS));
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = IntStream.range(0, 2)
                    .mapToObj(n -> callers.submit(() -> overview("alice")))
                    .toList();
            await().until(() -> inFlight() == 2);

            var refused = overview("alice");

            assertProblem(refused, 503, "too_many_overviews");
            assertThat(refused.raw().headers().firstValue("Retry-After")).contains("1");
            for (var other : waiting) {
                assertPartial(other.get(), "payment");
            }
        }
        payments(aResponse().withStatus(404));
        assertThat(overview("alice").status()).isEqualTo(200);
        assertThat(inFlight()).isZero();
    }

    @Test
    void only_reading_is_allowed() {
        var path = "/api/v1/orders/" + order + "/overview";

        var written = api.send(api.request(path, "alice").POST(BodyPublishers.noBody()));
        assertProblem(written, 405, "method_not_allowed");
        assertThat(api.send(api.request(path, "alice").HEAD()).status()).isEqualTo(200);
        assertThat(api.get("alice", "/api/v1/orders/x/overview").status()).isEqualTo(400);
        assertProblem(
                api.send(api.request(path, "alice").header("X-Request-Deadline-Ms", "soon")), 400, "invalid_deadline");
    }

    private OrderApi.Answer overview(String customer) {
        return api.get(customer, "/api/v1/orders/" + order + "/overview");
    }

    private OrderApi.Answer within(int milliseconds, String customer) {
        return api.send(api.request("/api/v1/orders/" + order + "/overview", customer)
                .header("X-Request-Deadline-Ms", Integer.toString(milliseconds)));
    }

    private static void payments(ResponseDefinitionBuilder answer) {
        PAYMENT.stubFor(get(urlPathMatching("/api/v1/payments/.*")).willReturn(answer));
    }

    private static void products(String sku, ResponseDefinitionBuilder answer) {
        INVENTORY.stubFor(get(urlPathMatching("/api/v1/products/" + sku)).willReturn(answer));
    }

    private static List<LoggedRequest> received(WireMockServer server) {
        return server.findAll(anyRequestedFor(anyUrl()));
    }

    private double inFlight() {
        return meters.get("overview.in.flight").gauge().value();
    }

    private static List<String> skus(OrderApi.Answer overview) {
        return overview.body()
                .path("products")
                .valueStream()
                .map(product -> product.path("sku").asString())
                .toList();
    }

    private static void assertComplete(OrderApi.Answer overview) {
        assertThat(overview.status()).as(overview.raw().body()).isEqualTo(200);
        assertThat(overview.body().path("partial").asBoolean(true)).isFalse();
        assertThat(overview.body().path("missing")).isEmpty();
    }

    private static void assertPartial(OrderApi.Answer overview, String... missing) {
        assertThat(overview.status()).as(overview.raw().body()).isEqualTo(200);
        assertThat(overview.body().path("partial").asBoolean(false)).isTrue();
        assertThat(overview.body().path("missing").valueStream().map(JsonNode::asString))
                .containsExactly(missing);
    }

    private static void assertProblem(OrderApi.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
    }
}
