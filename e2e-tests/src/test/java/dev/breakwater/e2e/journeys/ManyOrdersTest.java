package dev.breakwater.e2e.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.e2e.suite.Caller;
import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.Suite;
import dev.breakwater.e2e.suite.WithSuite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A thousand orders of all kinds over fifty connections, and then the accounts. */
@WithSuite
@Order(Integer.MAX_VALUE - 1)
class ManyOrdersTest {

    private static final int CONNECTIONS = 50;
    private static final int ORDERS_EACH = 20;

    private final Shop shop;
    private final Suite suite;

    ManyOrdersTest(Shop shop, Suite suite) {
        this.shop = shop;
        this.suite = suite;
    }

    private record Placed(Caller customer, String id) {}

    @Test
    void a_thousand_mixed_orders_end_with_every_piece_and_every_cent_accounted_for() throws Exception {
        var before = shop.awaitQuiet();
        var plenty = List.of(shop.newProduct(5_000), shop.newProduct(5_000), shop.newProduct(5_000));
        var scarce = shop.newProduct(40);

        var placed = new ArrayList<Placed>();
        for (var some : together(IntStream.range(0, CONNECTIONS)
                .mapToObj(buyer -> (Callable<List<Placed>>) () -> buy(buyer, plenty, scarce))
                .toList())) {
            placed.addAll(some);
        }
        assertThat(placed).hasSize(CONNECTIONS * ORDERS_EACH);

        var check = suite.run("check", "--wait", "120");
        assertThat(check.status()).as(check.output()).isZero();
        assertThat(check.output()).contains("no invariant is violated");

        var ended = together(placed.stream()
                .map(one -> (Callable<JsonNode>)
                        () -> one.customer().order(one.id()).expect(200).json())
                .toList());
        var counts = new HashMap<String, Long>();
        ended.forEach(order -> counts.merge(order.path("status").asString(), 1L, Long::sum));
        assertThat(counts).containsOnlyKeys("CONFIRMED", "REJECTED", "CANCELLED");
        var confirmedMinor = ended.stream()
                .filter(order -> order.path("status").asString().equals("CONFIRMED"))
                .mapToLong(order -> order.path("totalMinor").asLong())
                .sum();

        var after = shop.awaitQuiet();
        assertThat(grown(before, after, "orders", "accepted")).isEqualTo(placed.size());
        assertThat(grown(before, after, "orders", "confirmed")).isEqualTo(counts.get("CONFIRMED"));
        assertThat(grown(before, after, "orders", "rejected")).isEqualTo(counts.get("REJECTED"));
        assertThat(grown(before, after, "orders", "cancelled")).isEqualTo(counts.get("CANCELLED"));
        assertThat(grown(before, after, "payments", "capturedMinor")
                        - grown(before, after, "payments", "refundedMinor"))
                .isEqualTo(confirmedMinor);
        assertThat(grown(before, after, "bank", "chargedMinor") - grown(before, after, "bank", "refundedMinor"))
                .isEqualTo(confirmedMinor);
        assertThat(grown(before, after, "stock", "sold")).isEqualTo(pieces(ended));
        assertThat(after.path("bank").path("duplicateCharges").asInt(-1)).isZero();
        assertThat(after.path("events").path("deadLetters").asInt(-1)).isZero();
        assertThat(shop.stock(scarce).reserved()).isZero();
    }

    /** Twenty orders one after another, as one customer; some are changed minds about at once. */
    private List<Placed> buy(int buyer, List<String> plenty, String scarce) {
        var customer = shop.customer("many-" + System.nanoTime() + "-" + buyer);
        var placed = new ArrayList<Placed>();
        for (var i = 0; i < ORDERS_EACH; i++) {
            var number = buyer * ORDERS_EACH + i;
            var sku = number % 10 == 3 ? scarce : plenty.get(number % plenty.size());
            var order = customer.placeSurely(sku, 1 + number % 3, card(number)).expect(202);
            placed.add(new Placed(customer, order.text("id")));
            if (number % 9 == 4) {
                customer.cancel(order.text("id"));
            }
        }
        return placed;
    }

    private static String card(int number) {
        return switch (number % 25) {
            case 5, 15 -> "tok_declined";
            case 8 -> "tok_risky";
            case 11 -> "tok_flaky";
            case 17 -> number % 50 == 17 ? "tok_slow" : "tok_timeout";
            default -> "tok_ok";
        };
    }

    private static long pieces(List<JsonNode> orders) {
        return orders.stream()
                .filter(order -> order.path("status").asString().equals("CONFIRMED"))
                .flatMap(order -> order.path("items").valueStream())
                .mapToLong(item -> item.path("quantity").asLong())
                .sum();
    }

    private static long grown(JsonNode before, JsonNode after, String ledger, String figure) {
        return after.path(ledger).path(figure).asLong()
                - before.path(ledger).path(figure).asLong();
    }

    private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
        try (var threads =
                Executors.newFixedThreadPool(CONNECTIONS, Thread.ofVirtual().factory())) {
            var results = new ArrayList<T>();
            for (var one : threads.invokeAll(calls)) {
                results.add(one.get());
            }
            return results;
        }
    }
}
