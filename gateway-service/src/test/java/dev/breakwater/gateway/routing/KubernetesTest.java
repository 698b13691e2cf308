package dev.breakwater.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.gateway.GatewayUnderTest;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** On Kubernetes services are found by name, and the other gateways are counted by theirs. */
@ActiveProfiles("kubernetes")
class KubernetesTest extends GatewayUnderTest {

    @Autowired
    @SuppressWarnings("NullAway.Init") // injected
    private DiscoveryClient discovery;

    @DynamicPropertySource
    static void names(DynamicPropertyRegistry registry) {
        var services = "breakwater.discovery.dns.services.";
        registry.add(services + "order-service.host", () -> "127.0.0.1");
        registry.add(
                services + "order-service.port", () -> URI.create(ORDERS.url()).getPort());
        registry.add(services + "gateway-service.host", () -> "127.0.0.1");
        registry.add(services + "inventory-service.host", () -> "inventory-service.invalid");
        registry.add(services + "payment-service.host", () -> "payment-service.invalid");
    }

    @Test
    void a_call_goes_to_an_instance_that_was_found_by_name() {
        ORDERS.answers(200, "{\"id\":\"0199\"}");

        assertThat(send(asAlice("/api/v1/orders/0199")).statusCode()).isEqualTo(200);
        assertThat(ORDERS.asked()).hasSize(1);
        // The other way to find it in this test gives no such id.
        assertThat(discovery.getInstances("order-service"))
                .extracting(ServiceInstance::getInstanceId)
                .containsExactly("127.0.0.1:" + URI.create(ORDERS.url()).getPort());
    }

    @Test
    void gateways_are_counted_by_name() {
        assertThat(discovery.getInstances("gateway-service"))
                .extracting(ServiceInstance::getInstanceId)
                .containsExactly("127.0.0.1:8080");
    }

    @Test
    void it_is_ready_once_it_has_found_a_service() {
        var readiness = HttpRequest.newBuilder(
                URI.create("http://localhost:%d/actuator/health/readiness".formatted(managementPort)));

        assertThat(send(readiness).body()).contains("\"UP\"");
    }
}
