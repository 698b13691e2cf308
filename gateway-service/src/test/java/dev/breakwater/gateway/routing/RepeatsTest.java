package dev.breakwater.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.gateway.StubService;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Of each service there are two instances here, one of which takes calls and does not answer, or has no room. */
class RepeatsTest extends GatewayUnderTest {

    private static final StubService SILENT = new StubService();

    @DynamicPropertySource
    static void twoInstances(DynamicPropertyRegistry registry) {
        registry.add("spring.cloud.discovery.client.simple.instances.order-service[1].uri", SILENT::url);
        registry.add("spring.cloud.discovery.client.simple.instances.payment-service[1].uri", SILENT::url);
        registry.add("spring.cloud.discovery.client.simple.instances.inventory-service[1].uri", SILENT::url);
        registry.add("breakwater.gateway.longest-read", () -> "200ms");
    }

    @Test
    void a_write_with_a_key_that_an_instance_took_and_did_not_answer_is_repeated_on_another() {
        answerOrNot();

        for (var n = 0; n < 4; n++) {
            var order = json(asAlice("/api/v1/orders").header("Idempotency-Key", "k" + n), "{}");
            assertThat(send(order).statusCode()).isEqualTo(200);
        }
        assertThat(SILENT.asked()).isNotEmpty();
        assertThat(ORDERS.asked())
                .extracting(asked -> asked.header("Idempotency-Key"))
                .containsExactly("k0", "k1", "k2", "k3");
    }

    @Test
    void a_read_does_not_give_all_of_its_time_to_an_instance_that_says_nothing() {
        var over = new CountDownLatch(1);
        SILENT.forget();
        SILENT.answers(question -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            throw new IOException("killed");
        });
        PAYMENTS.answers(200, "{}");

        try {
            for (var n = 0; n < 4; n++) {
                assertThat(send(asAlice("/api/v1/payments/1")).statusCode()).isEqualTo(200);
            }
            assertThat(SILENT.asked()).isNotEmpty();
        } finally {
            over.countDown();
        }
    }

    @Test
    void a_write_without_a_key_is_not_repeated() {
        answerOrNot();

        for (var n = 0; n < 4; n++) {
            send(json(asAlice("/api/v1/orders/1/cancel"), "{}"));
        }
        assertThat(ORDERS.asked().size() + SILENT.asked().size()).isEqualTo(4);
    }

    @Test
    void a_call_that_an_instance_has_no_room_for_is_made_at_another_one() {
        SILENT.forget();
        SILENT.answers(503, "{\"code\":\"overloaded\"}");
        INVENTORY.answers(200, "{}");

        for (var n = 0; n < 4; n++) {
            assertThat(send(request("/api/v1/products?category=x")).statusCode())
                    .isEqualTo(200);
        }
        assertThat(SILENT.asked()).isNotEmpty();
        assertThat(INVENTORY.asked()).hasSize(4);
    }

    @Test
    void another_503_is_the_answer() {
        SILENT.forget();
        SILENT.answers(503, "{\"code\":\"service_unavailable\"}");
        INVENTORY.answers(503, "{\"code\":\"service_unavailable\"}");

        assertThat(send(request("/api/v1/products?category=x")).statusCode()).isEqualTo(503);
        assertThat(SILENT.asked().size() + INVENTORY.asked().size()).isEqualTo(1);
    }

    private static void answerOrNot() {
        SILENT.forget();
        SILENT.answers(question -> {
            throw new IOException("killed");
        });
        ORDERS.answers(200, "{}");
    }
}
