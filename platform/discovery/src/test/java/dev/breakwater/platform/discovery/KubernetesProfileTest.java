package dev.breakwater.platform.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.discovery.EurekaClient;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;

/** The profile alone decides whether registry and Config server are asked, or the names of the cluster. */
class KubernetesProfileTest {

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @EnableAutoConfiguration
    static class Shop {}

    @BeforeEach
    void startServer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.incrementAndGet();
                var body = """
                        {"name": "shop", "profiles": ["default"],
                         "propertySources": [{"name": "shop.yaml", "source": {"shop.motto": "from the server"}}]}
                        """.getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void on_kubernetes_nobody_is_asked_and_services_are_found_by_name() {
        try (var shop = start("kubernetes", "--breakwater.discovery.dns.services.order-service.host=localhost")) {
            assertThat(shop.getBeanProvider(EurekaClient.class)).isEmpty();
            assertThat(shop.getBean(DiscoveryClient.class).getInstances("order-service"))
                    .isNotEmpty()
                    .extracting(ServiceInstance::getPort)
                    .containsOnly(8081);
            assertThat(shop.getBean(DiscoveryClient.class).getInstances("inventory-service"))
                    .isEmpty();
            assertThat(Security.getProperty("networkaddress.cache.ttl")).isEqualTo("1");
            assertThat(shop.getEnvironment().getProperty("shop.motto")).isNull();
        }
        assertThat(asked).hasValue(0);
    }

    /** The cluster's demo: the tokens of the demo, the addresses of the pod. */
    @Test
    void the_demo_on_kubernetes_is_offered_to_the_network_of_its_pod() {
        for (var profiles : List.of("demo,kubernetes", "kubernetes,demo")) {
            try (var shop = start(profiles)) {
                assertThat(shop.getEnvironment().getProperty("server.address")).isEqualTo("0.0.0.0");
            }
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void elsewhere_the_config_server_is_asked() {
        try (var shop = start("default", "--eureka.client.enabled=false")) {
            assertThat(shop.getEnvironment().getProperty("shop.motto")).isEqualTo("from the server");
            assertThat(shop.getBeanProvider(DnsDiscovery.class)).isEmpty();
        }
        assertThat(asked).hasPositiveValue();
    }

    private ConfigurableApplicationContext start(String profiles, String... more) {
        var arguments = new ArrayList<>(List.of(
                "--spring.profiles.active=" + profiles,
                "--spring.application.name=shop",
                "--spring.config.import=classpath:platform/discovery.yaml",
                "--server.port=0",
                "--DISCOVERY_URL=http://localhost:" + server.getAddress().getPort()));
        arguments.addAll(List.of(more));
        return new SpringApplicationBuilder(Shop.class)
                .web(WebApplicationType.NONE)
                .run(arguments.toArray(String[]::new));
    }
}
