package dev.breakwater.order.pricing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.order.OrderApi;
import dev.breakwater.order.OrderServiceTest;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Placements of products whose price is in no copy, with breakers that are quick to open. */
@TestPropertySource(
        properties = {
            "breakwater.remote.breaker.window=10",
            "breakwater.remote.breaker.least=5",
            // A cold service on a busy machine is slow for reasons of its own.
            "breakwater.remote.breaker.slow-after=30s",
            "breakwater.remote.breaker.open-for=60s",
            "breakwater.remote.longest-request=5s"
        })
class ColdPricesTest extends OrderServiceTest {

    @Test
    void a_crowd_that_wants_one_cold_price_asks_for_it_once() throws Exception {
        var sku = "C-" + UUID.randomUUID();
        INVENTORY.stubFor(get(urlPathEqualTo("/prices/" + sku))
                .willReturn(okJson("""
                        {"sku": "%s", "priceMinor": 100, "currency": "CNY", "version": 1}
                        """.formatted(sku)).withFixedDelay(1_000)));

        try (var customers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<OrderApi.Answer> placing = () -> place(sku);
            var placed = customers.invokeAll(
                    IntStream.range(0, 50).mapToObj(n -> placing).toList());
            for (var answer : placed) {
                assertThat(answer.get().status()).as(answer.get().raw().body()).isEqualTo(202);
            }
        }

        INVENTORY.verify(1, getRequestedFor(urlPathEqualTo("/prices/" + sku)));
    }

    @Test
    void overviews_whose_products_fail_keep_no_placement_from_its_price() {
        var order = place("LAMP-1").text("id");
        INVENTORY.stubFor(get(urlPathMatching("/api/v1/products/.*"))
                .willReturn(aResponse().withStatus(500)));
        for (var n = 0; n < 20; n++) {
            assertThat(api.get("alice", "/api/v1/orders/" + order + "/overview").status())
                    .isEqualTo(200);
        }
        INVENTORY.resetRequests();
        assertThat(api.get("alice", "/api/v1/orders/" + order + "/overview").status())
                .isEqualTo(200);
        INVENTORY.verify(0, getRequestedFor(urlPathMatching("/api/v1/products/.*")));

        var sku = "C-" + UUID.randomUUID();
        product(sku, 100, "CNY");

        assertThat(place(sku).status()).isEqualTo(202);
    }

    private OrderApi.Answer place(String sku) {
        return api.place("alice", UUID.randomUUID().toString(), """
                        {"items": [{"sku": "%s", "quantity": 1}], "paymentMethod": {"type": "card", "token": "tok_ok"}}
                        """.formatted(sku));
    }
}
