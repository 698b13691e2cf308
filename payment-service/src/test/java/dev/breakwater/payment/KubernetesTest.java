package dev.breakwater.payment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** The whole service starts under the profile. */
@ActiveProfiles("kubernetes")
@TestPropertySource(properties = "breakwater.discovery.dns.services.order-service.host=127.0.0.1")
class KubernetesTest extends PaymentServiceTest {

    @Autowired
    @SuppressWarnings("NullAway.Init") // injected
    private DiscoveryClient discovery;

    /** No payments are made here; the bank has those of the other tests, whose database is another one. */
    @Override
    void the_ledgers_agree() {}

    @Test
    void services_are_found_by_name() {
        assertThat(discovery.getInstances("order-service"))
                .extracting(ServiceInstance::getInstanceId)
                .containsExactly("127.0.0.1:8081");
    }
}
