package dev.breakwater.e2e.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.e2e.suite.Answer;
import dev.breakwater.e2e.suite.Caller;
import dev.breakwater.e2e.suite.FlashSale;
import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.Suite;
import dev.breakwater.e2e.suite.WithSuite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A small rush, and the accounts after it. */
@WithSuite
class FlashSaleTest {

    private static final Duration LONG = Duration.ofSeconds(120);
    private static final int UNITS = 100;
    private static final int CUSTOMERS = 500;
    private static final int ATTEMPTS_EACH = 4;
    private static final int CONNECTIONS = 50;
    private static final int LIMIT = 2;

    private final Shop shop;
    private final Suite suite;

    FlashSaleTest(Shop shop, Suite suite) {
        this.shop = shop;
        this.suite = suite;
    }

    private record Attempt(Caller customer, int number, Answer answer) {}

    @Test
    void two_thousand_attempts_for_a_hundred_units_sell_exactly_a_hundred() throws Exception {
        var sku = shop.newProduct(150);
        var sale = FlashSale.open(shop, sku, UNITS, LIMIT, Duration.ofMinutes(10));
        assertThat(shop.stock(sku).available()).isEqualTo(50);

        var attempts = rush(sale);

        var codes = new HashSet<String>();
        var ids = new HashMap<String, Caller>();
        var perCustomer = new HashMap<Integer, Integer>();
        for (var attempt : attempts) {
            if (attempt.answer().status() == 202) {
                assertThat(ids.put(attempt.answer().text("id"), attempt.customer()))
                        .isNull();
                perCustomer.merge(attempt.number(), 1, Integer::sum);
                // From the moment of its 202.
                assertThat(attempt.customer().order(attempt.answer().text("id")).status())
                        .isEqualTo(200);
            } else {
                assertThat(attempt.answer().status())
                        .as(attempt.answer().text())
                        .isEqualTo(409);
                codes.add(attempt.answer().text("code"));
            }
        }
        assertThat(ids).hasSize(UNITS);
        assertThat(codes).contains("sold_out").isSubsetOf("sold_out", "limit_reached");
        assertThat(perCustomer.values()).allMatch(bought -> bought <= LIMIT);

        shop.awaitQuiet();
        ids.forEach((id, customer) ->
                assertThat(customer.order(id).expect(200).text("status")).isEqualTo("CONFIRMED"));
        assertThat(shop.stock(sku)).isEqualTo(new Shop.Stock(50, 0, 50));
        assertThat(sale.show().expect(200).text("state")).isEqualTo("SOLD_OUT");
        var check = suite.run("check", "--wait", "120");
        assertThat(check.status()).as(check.output()).isZero();
    }

    @Test
    void what_a_sale_did_not_sell_is_back_when_it_ends_and_so_is_what_was_cancelled() {
        var sku = shop.newProduct(20);
        var sale = FlashSale.open(shop, sku, 10, 3, Duration.ofSeconds(30));
        var customer = shop.newCustomer();
        var kept = sale.buySurely(customer, "kept").expect(202).text("id");
        var cancelled = sale.buySurely(customer, "cancelled").expect(202).text("id");
        shop.awaitStatus(customer, kept, "CONFIRMED");
        shop.awaitStatus(customer, cancelled, "CONFIRMED");
        customer.cancel(cancelled).expect(202);
        shop.awaitFinal(customer, cancelled);
        await().atMost(LONG).until(() -> sale.show().text("state").equals("ENDED"));
        await().atMost(LONG).until(() -> shop.stock(sku).available() == 19);
        assertThat(shop.stock(sku)).isEqualTo(new Shop.Stock(19, 0, 19));
        assertThat(sale.buySurely(customer, "late").status()).isEqualTo(410);
        assertThat(sale.buySurely(customer, "kept").expect(202).text("id")).isEqualTo(kept);
    }

    /** Every customer several times, with another key each time. */
    private List<Attempt> rush(FlashSale sale) throws Exception {
        var run = System.nanoTime();
        var customers = together(IntStream.range(0, CUSTOMERS)
                .mapToObj(n -> (Callable<Caller>) () -> shop.customer("rush-" + run + "-" + n))
                .toList());
        return together(IntStream.range(0, CUSTOMERS * ATTEMPTS_EACH)
                .mapToObj(n -> (Callable<Attempt>) () -> {
                    var customer = customers.get(n % CUSTOMERS);
                    return new Attempt(customer, n % CUSTOMERS, sale.buySurely(customer, "attempt-" + n));
                })
                .toList());
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
