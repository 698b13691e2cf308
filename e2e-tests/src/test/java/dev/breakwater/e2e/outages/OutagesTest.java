package dev.breakwater.e2e.outages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.e2e.suite.Answer;
import dev.breakwater.e2e.suite.Caller;
import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.Shop.Stock;
import dev.breakwater.e2e.suite.Suite;
import dev.breakwater.e2e.suite.WithSuite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What http-api promises for each outage; comes last, since others would meet its consequences. */
@WithSuite
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(Integer.MAX_VALUE)
class OutagesTest {

    private static final Duration RECOVERY = Duration.ofSeconds(90);

    private final Shop shop;
    private final Suite suite;

    OutagesTest(Shop shop, Suite suite) {
        this.shop = shop;
        this.suite = suite;
    }

    @AfterEach
    void everything_serves_again() {
        for (var service : new String[] {"mariadb", "kafka", "redis", "inventory", "payment"}) {
            suite.startAgain(service);
        }
        awaitServing();
    }

    @AfterAll
    void the_accounts_are_in_order() {
        var check = suite.run("check", "--wait", "120");
        assertThat(check.status()).as(check.output()).isZero();
    }

    @Test
    void without_kafka_orders_are_taken_and_finish_later() {
        var sku = shop.newProduct(5);
        var customer = shop.newCustomer();
        suite.stop("kafka");

        var id = customer.place(sku, 1, "tok_ok").expect(202).text("id");
        assertThat(customer.order(id).expect(200).text("status")).isEqualTo("PENDING");

        suite.startAgain("kafka");
        shop.awaitStatus(customer, id, "CONFIRMED", RECOVERY);
        assertThat(shop.stock(sku)).isEqualTo(new Stock(4, 0, 4));
    }

    @Test
    void without_redis_orders_are_taken_and_products_read() {
        var sku = shop.newProduct(5);
        var customer = shop.newCustomer();
        suite.stop("redis");

        var id = customer.place(sku, 1, "tok_ok").expect(202).text("id");

        shop.anonymous().get("products/" + sku).expect(200);
        shop.awaitStatus(customer, id, "CONFIRMED");
    }

    @Test
    void without_inventory_orders_for_products_of_known_price_are_taken_and_finish_later() {
        var sku = shop.newProduct(5);
        var customer = shop.newCustomer();
        var first = customer.place(sku, 1, "tok_ok").expect(202).text("id");
        shop.awaitStatus(customer, first, "CONFIRMED");
        suite.stop("inventory");

        var id = customer.place(sku, 1, "tok_ok").expect(202).text("id");

        assertUnavailable(shop.anonymous().get("products/" + sku));
        assertUnavailable(customer.place("E2E-never-seen", 1, "tok_ok"));
        assertUnavailable(shop.admin().get("audit"));
        assertThat(customer.order(id).expect(200).text("status")).isEqualTo("PENDING");

        suite.startAgain("inventory");
        shop.awaitStatus(customer, id, "CONFIRMED", RECOVERY);
    }

    @Test
    void without_payment_orders_are_taken_and_reserved_and_finish_later() {
        var sku = shop.newProduct(5);
        var customer = shop.newCustomer();
        suite.stop("payment");

        var id = customer.place(sku, 1, "tok_ok").expect(202).text("id");

        shop.awaitStatus(customer, id, "RESERVED");
        assertThat(shop.stock(sku)).isEqualTo(new Stock(5, 1, 4));
        assertUnavailable(customer.get("payments/" + id));

        suite.startAgain("payment");
        shop.awaitStatus(customer, id, "CONFIRMED", RECOVERY);
    }

    @Test
    void without_its_database_a_service_is_alive_but_not_ready_and_takes_no_order() {
        var sku = shop.newProduct(5);
        var customer = shop.newCustomer();
        suite.stop("mariadb");

        assertUnavailable(customer.post("orders", "unlucky", Caller.order(sku, 1, "tok_ok")));

        assertThat(health("liveness").status()).isEqualTo(200);
        assertThat(health("liveness").text("status")).isEqualTo("UP");
        await().atMost(Duration.ofSeconds(20)).until(() -> health("readiness").status() == 503);
        assertThat(health("readiness").text("status")).isNotEqualTo("UP");

        suite.startAgain("mariadb");
        awaitServing();
        var id = customer.post("orders", "unlucky", Caller.order(sku, 1, "tok_ok"))
                .expect(202)
                .text("id");
        shop.awaitStatus(customer, id, "CONFIRMED", RECOVERY);
        assertThat(customer.get("orders").expect(200).json().path("items")).hasSize(1);
    }

    @Test
    void an_order_instance_that_is_killed_comes_back_and_no_order_is_lost() throws Exception {
        var sku = shop.newProduct(1_000);
        var before = suite.pid("order-service/1");
        var underWay = new CountDownLatch(30);
        var customers = IntStream.range(0, 10).mapToObj(i -> shop.newCustomer()).toList();
        var placed = new ArrayList<Placed>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var buying = customers.stream()
                    .map(customer -> threads.submit(() -> {
                        var mine = new ArrayList<Placed>();
                        for (var i = 0; i < 20; i++) {
                            mine.add(new Placed(
                                    customer,
                                    customer.placeUntilTaken("key-" + i, Caller.order(sku, 1, "tok_ok"))
                                            .text("id")));
                            underWay.countDown();
                        }
                        return mine;
                    }))
                    .toList();
            underWay.await();
            assertThat(ProcessHandle.of(before).orElseThrow().destroyForcibly()).isTrue();
            for (var one : buying) {
                placed.addAll(one.get());
            }
        }

        await().atMost(RECOVERY).until(() -> suite.allReady() && suite.pid("order-service/1") != before);
        for (var one : placed) {
            shop.awaitStatus(one.customer(), one.id(), "CONFIRMED", RECOVERY);
        }
        for (var customer : customers) {
            assertThat(customer.get("orders?limit=100").expect(200).json().path("items"))
                    .hasSize(20);
        }
        assertThat(shop.stock(sku)).isEqualTo(new Stock(800, 0, 800));
    }

    private record Placed(Caller customer, String id) {}

    private static void assertUnavailable(Answer answer) {
        answer.expectProblem(503, answer.expect(503).text("code"));
    }

    private Answer health(String group) {
        return shop.anonymous()
                .send("http://localhost:" + suite.port(9081) + "/actuator/health/" + group, request -> request.GET());
    }

    /** Every process ready, and every instance known to the gateway again. */
    private void awaitServing() {
        var customer = shop.newCustomer();
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> suite.allReady()
                        && IntStream.range(0, 6)
                                .allMatch(round -> shop.anonymous()
                                                        .get("products/SKU-000001")
                                                        .status()
                                                == 200
                                        && customer.get("orders").status() == 200
                                        && customer.get("payments/00000000-0000-7000-8000-000000000000")
                                                        .status()
                                                == 404));
    }
}
