package dev.breakwater.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.gateway.StubService;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Of the inventory there are two instances here. */
class PreheatTest extends GatewayUnderTest {

    private static final StubService OTHER_INVENTORY = new StubService();

    @DynamicPropertySource
    static void another(DynamicPropertyRegistry registry) {
        registry.add("spring.cloud.discovery.client.simple.instances.inventory-service[1].uri", OTHER_INVENTORY::url);
    }

    @BeforeEach
    void forgetTheOther() {
        OTHER_INVENTORY.forget();
    }

    @Test
    void every_instance_is_asked_and_the_sums_are_told() {
        INVENTORY.answers(200, "{\"wanted\": 10, \"loaded\": 9}");
        OTHER_INVENTORY.answers(200, "{\"wanted\": 10, \"loaded\": 10}");
        var answer = send(asAdmin("/api/v1/admin/preheat").POST(BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"instances\":2,\"wanted\":20,\"loaded\":19}");
        assertThat(INVENTORY.lastAsked().header("Authorization")).startsWith("Bearer ");
        assertThat(OTHER_INVENTORY.lastAsked().uri()).isEqualTo("/api/v1/admin/preheat");
    }

    @Test
    void an_instance_that_does_not_say_that_it_is_done_is_told() {
        INVENTORY.answers(200, "{\"wanted\": 10, \"loaded\": 9}");
        OTHER_INVENTORY.answers(503, "{}");
        var answer = send(asAdmin("/api/v1/admin/preheat").POST(BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("preheat_incomplete").contains("1 of 2");
    }

    @Test
    void only_an_admin_may() {
        assertThat(send(asAlice("/api/v1/admin/preheat").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(INVENTORY.asked()).isEmpty();
    }
}
