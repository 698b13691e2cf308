package dev.breakwater.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** The whole service starts under the profile, and finds those whom it calls by name. */
@ActiveProfiles("kubernetes")
@TestPropertySource(
        properties = {
            "breakwater.discovery.dns.services.inventory-service.host=127.0.0.1",
            "breakwater.discovery.dns.services.payment-service.host=127.0.0.1"
        })
class KubernetesTest extends OrderServiceTest {

    @Autowired
    @SuppressWarnings("NullAway.Init") // injected
    private DiscoveryClient discovery;

    @Test
    void inventory_and_payment_are_found_by_name() {
        for (var service : new String[] {"inventory-service", "payment-service"}) {
            assertThat(discovery.getInstances(service))
                    .extracting(ServiceInstance::getHost)
                    .containsExactly("127.0.0.1");
        }
    }
}
