package dev.breakwater.e2e.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.e2e.suite.Answer;
import dev.breakwater.e2e.suite.Caller;
import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.Shop.Stock;
import dev.breakwater.e2e.suite.WithSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@WithSuite
class RepeatedPlacementTest {

    private final Shop shop;

    RepeatedPlacementTest(Shop shop) {
        this.shop = shop;
    }

    @Test
    void the_same_key_fifty_times_at_once_is_one_order_charged_once() throws Exception {
        var sku = shop.newProduct(50);
        var customer = shop.newCustomer();
        var body = Caller.order(sku, 1, "tok_ok");
        var go = new CountDownLatch(1);

        var answers = allOf(
                50,
                () -> {
                    go.await();
                    return customer.post("orders", "at-once", body);
                },
                go);

        assertThat(answers).allSatisfy(answer -> answer.expect(202));
        var ids = answers.stream().map(answer -> answer.text("id")).collect(Collectors.toSet());
        assertThat(ids).hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> answer.header("Idempotent-Replayed").isEmpty()))
                .hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> answer.header("Idempotent-Replayed").equals("true")))
                .hasSize(49);
        assertThat(customer.get("orders?limit=100").expect(200).json().path("items"))
                .hasSize(1);
        shop.awaitStatus(customer, ids.iterator().next(), "CONFIRMED");
        assertThat(shop.stock(sku)).isEqualTo(new Stock(49, 0, 49));
    }

    @Test
    void a_key_answers_the_order_as_it_is_now_however_the_same_body_is_written() {
        var sku = shop.newProduct(5);
        var customer = shop.newCustomer();
        var id = customer.post("orders", "again", Caller.order(sku, 1, "tok_ok"))
                .expect(202)
                .text("id");
        shop.awaitStatus(customer, id, "CONFIRMED");

        var replayed = customer.post("orders", "again", """
                        {"paymentMethod":{"token":"tok_ok","type":"card"},
                         "items":[{"quantity":1,"sku":"%s"}]}""".formatted(sku)).expect(202);

        assertThat(replayed.text("id")).isEqualTo(id);
        assertThat(replayed.text("status")).isEqualTo("CONFIRMED");
        assertThat(replayed.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(replayed.header("Location")).isEqualTo("/api/v1/orders/" + id);
    }

    @Test
    void a_key_with_another_body_is_refused_and_a_refused_request_uses_no_key_up() {
        var sku = shop.newProduct(5);
        var customer = shop.newCustomer();

        customer.post("orders", "mine", Caller.order("E2E-nowhere", 1, "tok_ok"))
                .expectProblem(422, "unknown_sku");
        customer.post("orders", "mine", Caller.order(sku, 0, "tok_ok")).expectProblem(400, "invalid_request");
        var id = customer.post("orders", "mine", Caller.order(sku, 1, "tok_ok"))
                .expect(202)
                .text("id");
        customer.post("orders", "mine", Caller.order(sku, 2, "tok_ok")).expectProblem(422, "idempotency_key_reused");
        customer.post("orders", "mine", Caller.order(sku, 1, "tok_slow")).expectProblem(422, "idempotency_key_reused");

        assertThat(customer.get("orders").expect(200).json().path("items")).hasSize(1);
        assertThat(shop.awaitStatus(customer, id, "CONFIRMED").number("totalMinor"))
                .isEqualTo(10_000);
        assertThat(shop.stock(sku)).isEqualTo(new Stock(4, 0, 4));
    }

    @Test
    void a_key_belongs_to_its_customer_and_differs_by_case() {
        var sku = shop.newProduct(5);
        var one = shop.newCustomer();
        var other = shop.newCustomer();
        var body = Caller.order(sku, 1, "tok_ok");

        var ids = IntStream.range(0, 3)
                .mapToObj(i -> switch (i) {
                    case 0 -> one.post("orders", "key", body);
                    case 1 -> one.post("orders", "KEY", body);
                    default -> other.post("orders", "key", body);
                })
                .map(answer -> answer.expect(202).text("id"))
                .collect(Collectors.toSet());

        assertThat(ids).hasSize(3);
    }

    @Test
    void customers_and_products_that_differ_by_case_alone_are_different() {
        var name = "Casey" + System.nanoTime();
        var upper = shop.customer(name.toUpperCase(Locale.ROOT));
        var lower = shop.customer(name.toLowerCase(Locale.ROOT));
        var sku = "e2e-" + name.toLowerCase(Locale.ROOT);
        var skuInCapitals = sku.toUpperCase(Locale.ROOT);
        shop.createProduct(sku, 1);
        shop.anonymous().get("products/" + skuInCapitals).expectProblem(404, "product_not_found");
        lower.post("orders", "key", Caller.order(skuInCapitals, 1, "tok_ok")).expectProblem(422, "unknown_sku");
        shop.createProduct(skuInCapitals, 5);

        var id = lower.post("orders", "key", Caller.order(skuInCapitals, 2, "tok_ok"))
                .expect(202)
                .text("id");

        upper.order(id).expectProblem(404, "order_not_found");
        assertThat(upper.get("orders").expect(200).json().path("items")).isEmpty();
        assertThat(upper.post("orders", "key", Caller.order(skuInCapitals, 2, "tok_ok"))
                        .expect(202)
                        .text("id"))
                .isNotEqualTo(id);
        shop.awaitStatus(lower, id, "CONFIRMED");
        assertThat(shop.stock(sku)).isEqualTo(new Stock(1, 0, 1));
    }

    private interface Call {
        Answer make() throws InterruptedException;
    }

    private static List<Answer> allOf(int times, Call call, CountDownLatch go)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, times)
                    .mapToObj(i -> threads.submit(call::make))
                    .toList();
            go.countDown();
            var answers = new ArrayList<Answer>();
            for (var one : calls) {
                answers.add(one.get());
            }
            return answers;
        }
    }
}
