package dev.breakwater.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.gateway.StubService;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Of the orders there are two instances here, one of which takes calls and does not answer. */
class RepeatsTest extends GatewayUnderTest {

    private static final StubService SILENT = new StubService();

    @DynamicPropertySource
    static void twoInstances(DynamicPropertyRegistry registry) {
        registry.add("spring.cloud.discovery.client.simple.instances.order-service[1].uri", SILENT::url);
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
    void a_write_without_a_key_is_not_repeated() {
        answerOrNot();

        for (var n = 0; n < 4; n++) {
            send(json(asAlice("/api/v1/orders/1/cancel"), "{}"));
        }
        assertThat(ORDERS.asked().size() + SILENT.asked().size()).isEqualTo(4);
    }

    private static void answerOrNot() {
        SILENT.forget();
        SILENT.answers(question -> {
            throw new IOException("killed");
        });
        ORDERS.answers(200, "{}");
    }
}
