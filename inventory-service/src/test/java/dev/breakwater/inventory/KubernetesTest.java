package dev.breakwater.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** The whole service starts under the profile. */
@InventorySlice
@ActiveProfiles("kubernetes")
@TestPropertySource(properties = "breakwater.discovery.dns.services.order-service.host=127.0.0.1")
class KubernetesTest {

    @Autowired
    @SuppressWarnings("NullAway.Init") // injected
    private DiscoveryClient discovery;

    @Test
    void services_are_found_by_name() {
        assertThat(discovery.getInstances("order-service"))
                .extracting(ServiceInstance::getInstanceId)
                .containsExactly("127.0.0.1:8081");
    }
}
