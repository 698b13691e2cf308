package dev.breakwater.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.gateway.StubService;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Of the payments there are two instances here. Each test has a service for itself, since the gateway remembers. */
class RestraintTest extends GatewayUnderTest {

    private static final StubService MORE_PAYMENTS = new StubService();

    private final MeterRegistry meters;

    @Autowired
    RestraintTest(MeterRegistry meters) {
        this.meters = meters;
    }

    @DynamicPropertySource
    static void strict(DynamicPropertyRegistry registry) {
        registry.add("spring.cloud.discovery.client.simple.instances.payment-service[1].uri", MORE_PAYMENTS::url);
        registry.add("breakwater.gateway.restraint.retries.per-second", () -> 0);
        registry.add("breakwater.gateway.restraint.throttle.window", () -> "1s");
        registry.add("breakwater.gateway.restraint.throttle.least-per-second", () -> 20);
    }

    @AfterAll
    static void close() {
        MORE_PAYMENTS.close();
    }

    @Test
    void a_storm_of_second_tries_is_bounded_by_their_budget() {
        StubService.Behaviour killed = question -> {
            throw new IOException("killed");
        };
        PAYMENTS.answers(killed);
        MORE_PAYMENTS.answers(killed);

        var answers = IntStream.range(0, 300)
                .mapToObj(_ -> send(asAlice("/api/v1/payments/1")))
                .toList();

        var made = answers.stream()
                .filter(answer -> answer.body().contains("\"service_unavailable\""))
                .count();
        var tries = PAYMENTS.asked().size() + MORE_PAYMENTS.asked().size();
        var secondTries = tries - made;
        assertThat(answers).allMatch(answer -> answer.statusCode() == 503);
        assertThat(secondTries).isBetween(1L, made / 10);
        assertThat(refused("retries.refused", "payment-service")).isPositive();
    }

    @Test
    void a_service_that_has_too_much_to_do_is_spared_and_has_its_calls_back_when_it_can_do_them() {
        ORDERS.answers(503, "{\"code\":\"overloaded\"}");
        await().until(() -> IntStream.range(0, 50).anyMatch(_ -> isHeldBack(send(asAlice("/api/v1/orders")))));
        ORDERS.asked().clear();

        var answers = IntStream.range(0, 200)
                .mapToObj(_ -> send(asAlice("/api/v1/orders")))
                .toList();
        assertThat(ORDERS.asked()).hasSizeLessThan(100);
        assertThat(answers)
                .filteredOn(RestraintTest::isHeldBack)
                .hasSizeGreaterThan(100)
                .allSatisfy(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(503);
                    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
                });
        assertThat(refused("throttle.refused", "order-service")).isGreaterThan(100);

        ORDERS.answers(200, "{}");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> IntStream.range(0, 50)
                        .allMatch(_ -> send(asAlice("/api/v1/orders")).statusCode() == 200));
    }

    @Test
    void browsing_that_is_shed_holds_back_neither_writes_nor_what_matters_more() {
        INVENTORY.answers(503, "{\"code\":\"overloaded\"}");
        await().until(() -> IntStream.range(0, 50).anyMatch(_ -> isHeldBack(send(request("/api/v1/products")))));
        INVENTORY.asked().clear();

        for (var i = 0; i < 10; i++) {
            send(asAdmin("/api/v1/products/S/stock").POST(BodyPublishers.noBody()));
            send(asAdmin("/api/v1/products/S/stock"));
        }

        assertThat(INVENTORY.asked()).hasSize(20);
    }

    @Test
    void a_service_that_cannot_do_some_calls_for_another_reason_is_not_held_back_from() {
        ORDERS.answers(503, "{\"code\":\"inventory_unavailable\"}");

        for (var i = 0; i < 300; i++) {
            send(asAlice("/api/v1/orders/1/cancel").POST(BodyPublishers.noBody()));
        }

        assertThat(ORDERS.asked()).hasSize(300);
    }

    private static boolean isHeldBack(HttpResponse<String> answer) {
        return answer.body().contains("too much to do just now");
    }

    private double refused(String name, String service) {
        return meters.get(name).tag("service", service).functionCounters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
