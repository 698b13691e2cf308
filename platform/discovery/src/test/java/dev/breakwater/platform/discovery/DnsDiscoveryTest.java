package dev.breakwater.platform.discovery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.discovery.DnsProperties.Name;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.ServiceInstance;

class DnsDiscoveryTest {

    private static final Map<String, Name> SERVICES =
            Map.of("order-service", new Name("orders", 8081), "payment-service", new Name("payments", 8083));

    private final Map<String, List<String>> zone = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch answers = new CountDownLatch(1);
    private DnsDiscovery discovery = discovery(Duration.ofSeconds(10));

    @AfterEach
    void close() {
        answers.countDown();
        discovery.close();
    }

    @Test
    void each_address_of_the_name_is_an_instance() {
        answers.countDown();
        zone.put("orders", List.of("10.0.0.2", "10.0.0.1"));

        assertThat(addresses("order-service")).containsExactly("http://10.0.0.1:8081", "http://10.0.0.2:8081");
        assertThat(discovery.getInstances("order-service"))
                .extracting(ServiceInstance::getInstanceId)
                .containsExactly("10.0.0.1:8081", "10.0.0.2:8081");
    }

    @Test
    void an_address_of_the_sixth_version_can_be_called() {
        answers.countDown();
        zone.put("orders", List.of("fd00::1"));

        assertThat(discovery.getInstances("order-service"))
                .extracting(ServiceInstance::getUri)
                .containsExactly(URI.create("http://[fd00:0:0:0:0:0:0:1]:8081"));
    }

    @Test
    void instances_that_come_and_go_are_noticed() {
        answers.countDown();
        zone.put("orders", List.of("10.0.0.1"));
        assertThat(addresses("order-service")).containsExactly("http://10.0.0.1:8081");

        zone.put("orders", List.of("10.0.0.1", "10.0.0.7"));
        await().until(() -> addresses("order-service").contains("http://10.0.0.7:8081"));

        zone.put("orders", List.of("10.0.0.7"));
        await().until(() -> addresses("order-service").equals(List.of("http://10.0.0.7:8081")));
    }

    @Test
    void while_the_name_cannot_be_found_the_last_answer_holds() {
        answers.countDown();
        zone.put("orders", List.of("10.0.0.1"));
        assertThat(addresses("order-service")).hasSize(1);

        zone.clear();
        lookAgain();
        assertThat(addresses("order-service")).containsExactly("http://10.0.0.1:8081");

        zone.put("orders", List.of("10.0.0.2"));
        await().until(() -> addresses("order-service").equals(List.of("http://10.0.0.2:8081")));
    }

    @Test
    void an_answer_that_says_the_same_in_another_order_changes_nothing() {
        answers.countDown();
        zone.put("orders", List.of("10.0.0.1", "10.0.0.2"));
        var before = discovery.getInstances("order-service");

        zone.put("orders", List.of("10.0.0.2", "10.0.0.1", "10.0.0.2"));
        lookAgain();

        assertThat(discovery.getInstances("order-service")).isSameAs(before);
    }

    @Test
    void a_service_that_nobody_asks_for_is_not_looked_up() {
        answers.countDown();
        zone.put("orders", List.of("10.0.0.1"));
        zone.put("payments", List.of("10.0.0.2"));
        assertThat(addresses("order-service")).hasSize(1);
        lookAgain();

        assertThat(discovery.getInstances("mail-service")).isEmpty();
        assertThat(discovery.getServices()).containsExactly("order-service", "payment-service");
    }

    @Test
    void who_asks_first_waits_for_a_slow_answer_no_longer_than_is_said() {
        discovery.close();
        discovery = discovery(Duration.ofMillis(50));
        zone.put("orders", List.of("10.0.0.1"));

        assertThat(discovery.getInstances("order-service")).isEmpty();
        assertThat(discovery.getServices()).isEmpty();

        answers.countDown();
        await().until(() -> addresses("order-service").equals(List.of("http://10.0.0.1:8081")));
    }

    private DnsDiscovery discovery(Duration patience) {
        return new DnsDiscovery(new DnsProperties(Duration.ofMillis(10), patience, SERVICES), this::lookUp);
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        asked.incrementAndGet();
        try {
            if (!answers.await(10, SECONDS) || !zone.containsKey(host)) {
                throw new UnknownHostException(host);
            }
        } catch (InterruptedException e) {
            throw new UnknownHostException(host);
        }
        var found = zone.get(host);
        var addresses = new InetAddress[found.size()];
        for (var i = 0; i < addresses.length; i++) {
            addresses[i] = InetAddress.ofLiteral(found.get(i));
        }
        return addresses;
    }

    private List<String> addresses(String service) {
        return discovery.getInstances(service).stream()
                .map(instance -> instance.getUri().toString())
                .toList();
    }

    /** Until a look that began from now on is over. */
    private void lookAgain() {
        var before = asked.get();
        await().until(() -> asked.get() >= before + 3);
    }
}
