package dev.breakwater.e2e.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.e2e.suite.Answer;
import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.Shop.Stock;
import dev.breakwater.e2e.suite.WithSuite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@WithSuite
class OrderJourneysTest {

    private final Shop shop;

    OrderJourneysTest(Shop shop) {
        this.shop = shop;
    }

    @Test
    void an_order_becomes_confirmed_and_its_timeline_tells_each_step() {
        var sku = shop.newProduct(10);
        var customer = shop.newCustomer();

        var placed = customer.place(sku, 2, "tok_ok").expect(202);

        var id = placed.text("id");
        assertThat(placed.header("Location")).isEqualTo("/api/v1/orders/" + id);
        assertThat(placed.header("Idempotent-Replayed")).isEmpty();
        assertThat(placed.text("status")).isEqualTo("PENDING");
        assertThat(placed.number("totalMinor")).isEqualTo(20_000);
        assertThat(placed.text("currency")).isEqualTo("CNY");
        assertThat(Instant.parse(placed.text("createdAt")))
                .isBefore(Instant.now().plusSeconds(1));
        var item = placed.json().path("items").path(0);
        assertThat(item.path("sku").asString()).isEqualTo(sku);
        assertThat(item.path("quantity").asInt()).isEqualTo(2);
        assertThat(item.path("unitPriceMinor").asInt()).isEqualTo(10_000);

        var confirmed = shop.awaitStatus(customer, id, "CONFIRMED");

        assertThat(statuses(confirmed)).containsExactly("PENDING", "RESERVED", "CONFIRMED");
        assertThat(moments(confirmed)).isSorted();
        assertThat(confirmed.json().has("reason")).isFalse();
        assertThat(shop.stock(sku)).isEqualTo(new Stock(8, 0, 8));
        var payment = customer.get("payments/" + id).expect(200);
        assertThat(payment.text("status")).isEqualTo("CAPTURED");
        assertThat(payment.text("orderId")).isEqualTo(id);
        assertThat(payment.number("amountMinor")).isEqualTo(20_000);
    }

    @Test
    void an_order_for_more_than_there_is_is_rejected_and_takes_nothing() {
        var scarce = shop.newProduct(1);
        var plenty = shop.newProduct(5);
        var customer = shop.newCustomer();

        var id = customer.post("orders", "scarce", """
                        {"items": [{"sku": "%s", "quantity": 2}, {"sku": "%s", "quantity": 1}],
                         "paymentMethod": {"type": "card", "token": "tok_ok"}}""".formatted(scarce, plenty))
                .expect(202)
                .text("id");

        var rejected = shop.awaitFinal(customer, id);
        assertThat(rejected.text("status")).isEqualTo("REJECTED");
        assertThat(rejected.text("reason")).isEqualTo("OUT_OF_STOCK");
        assertThat(statuses(rejected)).containsExactly("PENDING", "REJECTED");
        assertThat(shop.stock(scarce)).isEqualTo(new Stock(1, 0, 1));
        assertThat(shop.stock(plenty)).isEqualTo(new Stock(5, 0, 5));
        customer.get("payments/" + id).expectProblem(404, "payment_not_found");
        customer.cancel(id).expectProblem(409, "order_not_cancellable");
    }

    @ParameterizedTest
    @CsvSource({"tok_declined,PAYMENT_DECLINED", "tok_risky,PAYMENT_REFUSED_BY_RISK"})
    void a_payment_that_is_refused_cancels_the_order_and_gives_its_stock_back(String card, String reason) {
        var sku = shop.newProduct(3);
        var customer = shop.newCustomer();

        var id = customer.place(sku, 3, card).expect(202).text("id");

        var cancelled = shop.awaitFinal(customer, id);
        assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
        assertThat(cancelled.text("reason")).isEqualTo(reason);
        assertThat(statuses(cancelled)).containsExactly("PENDING", "RESERVED", "CANCELLED");
        assertThat(shop.stock(sku)).isEqualTo(new Stock(3, 0, 3));
        assertThat(customer.get("payments/" + id).expect(200).text("status")).isEqualTo("DECLINED");
        customer.cancel(id).expectProblem(409, "order_not_cancellable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tok_slow", "tok_flaky", "tok_timeout"})
    void a_bank_that_is_slow_or_refuses_service_or_loses_its_answer_delays_the_order_but_charges_once(String card) {
        var sku = shop.newProduct(1);
        var customer = shop.newCustomer();

        var id = customer.place(sku, 1, card).expect(202).text("id");

        shop.awaitStatus(customer, id, "CONFIRMED", Duration.ofSeconds(20));
        assertThat(customer.get("payments/" + id).expect(200).text("status")).isEqualTo("CAPTURED");
        assertThat(shop.stock(sku)).isEqualTo(new Stock(0, 0, 0));
        assertThat(shop.audit().path("bank").path("duplicateCharges").asInt(-1)).isZero();
    }

    @Test
    void an_order_cancelled_right_after_it_was_placed_leaves_stock_and_money_as_they_were() {
        var sku = shop.newProduct(4);
        var customer = shop.newCustomer();
        var before = shop.stock(sku);

        var id = customer.place(sku, 4, "tok_ok").expect(202).text("id");
        customer.cancel(id).expect(202);

        var cancelled = shop.awaitStatus(customer, id, "CANCELLED");
        assertThat(cancelled.text("reason")).isEqualTo("CUSTOMER");
        assertThat(shop.stock(sku)).isEqualTo(before);
        assertNothingPaid(customer.get("payments/" + id));
        assertThat(customer.cancel(id).expect(202).text("status")).isEqualTo("CANCELLED");
    }

    @Test
    void an_order_cancelled_while_its_payment_is_under_way_leaves_stock_and_money_as_they_were() {
        var sku = shop.newProduct(4);
        var customer = shop.newCustomer();
        var before = shop.stock(sku);

        var id = customer.place(sku, 1, "tok_slow").expect(202).text("id");
        shop.awaitStatus(customer, id, "RESERVED");
        customer.cancel(id).expect(202);
        customer.cancel(id).expect(202);

        assertThat(shop.awaitStatus(customer, id, "CANCELLED").text("reason")).isEqualTo("CUSTOMER");
        assertThat(shop.stock(sku)).isEqualTo(before);
        assertNothingPaid(customer.get("payments/" + id));
    }

    @Test
    void an_order_cancelled_after_its_confirmation_is_refunded_and_its_stock_is_back() {
        var sku = shop.newProduct(7);
        var customer = shop.newCustomer();
        var before = shop.stock(sku);
        var id = customer.place(sku, 5, "tok_ok").expect(202).text("id");
        shop.awaitStatus(customer, id, "CONFIRMED");

        customer.cancel(id).expect(202);

        var cancelled = await().atMost(Duration.ofSeconds(60))
                .until(() -> customer.order(id), order -> order.text("status").equals("CANCELLED"));
        assertThat(cancelled.text("reason")).isEqualTo("CUSTOMER");
        assertThat(statuses(cancelled)).containsExactly("PENDING", "RESERVED", "CONFIRMED", "CANCELLED");
        assertThat(shop.stock(sku)).isEqualTo(before);
        assertThat(customer.get("payments/" + id).expect(200).text("status")).isEqualTo("REFUNDED");
    }

    @Test
    void what_belongs_to_another_customer_is_as_unknown_as_what_does_not_exist() {
        var owner = shop.newCustomer();
        var stranger = shop.newCustomer();
        var id = owner.place(shop.newProduct(1), 1, "tok_ok").expect(202).text("id");
        shop.awaitStatus(owner, id, "CONFIRMED");

        stranger.order(id).expectProblem(404, "order_not_found");
        stranger.get("payments/" + id).expectProblem(404, "payment_not_found");
        stranger.cancel(id).expectProblem(404, "order_not_found");

        assertThat(stranger.get("orders").expect(200).json().path("items")).isEmpty();
        assertThat(owner.order(id).text("status")).isEqualTo("CONFIRMED");
        var nobodys = "00000000-0000-7000-8000-000000000000";
        owner.order(nobodys).expectProblem(404, "order_not_found");
        owner.get("payments/" + nobodys).expectProblem(404, "payment_not_found");
    }

    @Test
    void own_orders_are_listed_newest_first_and_page_by_page() {
        var sku = shop.newProduct(10);
        var customer = shop.newCustomer();
        var placed = new ArrayList<String>();
        for (var i = 0; i < 5; i++) {
            placed.addFirst(customer.place(sku, 1, "tok_ok").expect(202).text("id"));
        }

        var listed = new ArrayList<String>();
        var pages = 0;
        var cursor = "";
        do {
            var page = customer.get("orders?limit=2" + cursor).expect(200);
            page.json()
                    .path("items")
                    .forEach(order -> listed.add(order.path("id").asString()));
            cursor = page.json().has("nextCursor") ? "&cursor=" + page.text("nextCursor") : "";
            pages++;
        } while (!cursor.isEmpty());

        assertThat(listed).isEqualTo(placed);
        assertThat(pages).isEqualTo(3);
    }

    private static void assertNothingPaid(Answer payment) {
        if (payment.status() == 404) {
            payment.expectProblem(404, "payment_not_found");
        } else {
            assertThat(payment.expect(200).text("status")).isIn("DECLINED", "REFUNDED");
        }
    }

    private static List<String> statuses(Answer order) {
        return order.json()
                .path("timeline")
                .valueStream()
                .map(step -> step.path("status").asString())
                .toList();
    }

    private static List<Instant> moments(Answer order) {
        return order.json()
                .path("timeline")
                .valueStream()
                .map(step -> Instant.parse(step.path("at").asString()))
                .toList();
    }
}
