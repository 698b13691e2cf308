package dev.breakwater.platform.loadbalancing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.breakwater.platform.loadbalancing.Nodes.NodeState;
import dev.breakwater.platform.loadbalancing.nodes.Health;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;

/** What a project sees that depends on the module and sets a property: instances by property, Spring's own clients. */
@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "spring.main.web-application-type=none",
            "breakwater.loadbalancing.clients.weighed.strategy=weighted",
            "breakwater.loadbalancing.clients.keyed.strategy=consistent-hash",
            "breakwater.loadbalancing.clients.keyed.key-header=X-Customer",
            "breakwater.loadbalancing.clients.staged.canary.version=v2",
            "breakwater.loadbalancing.clients.staged.canary.share=0",
        })
class LoadBalancedClientTest {

    private static final List<String> SERVICES =
            List.of("plain", "weighed", "keyed", "staged", "failing", "executed", "retried");
    private static final Service FIRST = new Service("first");
    private static final Service SECOND = new Service("second");

    private final RestClient rest;
    private final LoadBalancerClient balancer;
    private final Nodes nodes;
    private final ConfigurableApplicationContext context;

    @Autowired
    LoadBalancedClientTest(
            RestClient.Builder rest, LoadBalancerClient balancer, Nodes nodes, ConfigurableApplicationContext context) {
        this.rest = rest.build();
        this.balancer = balancer;
        this.nodes = nodes;
        this.context = context;
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class App {

        @Bean
        @LoadBalanced
        RestClient.Builder rest() {
            return RestClient.builder();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    /** Answers with its name, or with the status that is wanted. */
    private static final class Service {

        private final HttpServer server;
        private final AtomicInteger status = new AtomicInteger(200);

        Service(String name) {
            try {
                server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(status.get(), name.length());
                exchange.getResponseBody().write(name.getBytes(UTF_8));
                exchange.close();
            });
            server.start();
        }

        String uri() {
            return "http://localhost:" + server.getAddress().getPort();
        }
    }

    @DynamicPropertySource
    static void instances(DynamicPropertyRegistry properties) {
        for (var service : SERVICES) {
            var instances = "spring.cloud.discovery.client.simple.instances." + service;
            properties.add(instances + "[0].uri", FIRST::uri);
            properties.add(instances + "[0].metadata.weight", () -> "3");
            properties.add(instances + "[0].metadata.version", () -> "v1");
            properties.add(instances + "[1].uri", SECOND::uri);
            properties.add(instances + "[1].metadata.weight", () -> "1");
            properties.add(instances + "[1].metadata.version", () -> "v2");
        }
    }

    @AfterAll
    static void stop() {
        FIRST.server.stop(0);
        SECOND.server.stop(0);
    }

    @AfterEach
    void allIsWell() {
        FIRST.status.set(200);
    }

    @Test
    void without_a_property_instances_take_turns_and_are_known_by_their_calls() {
        for (var i = 0; i < 10; i++) {
            get("plain", "anybody");
        }

        assertThat(nodes.states("plain")).hasSize(2).allSatisfy(state -> {
            assertThat(state.picks()).isEqualTo(5);
            assertThat(state.requests()).isEqualTo(5);
            assertThat(state.errors()).isZero();
            assertThat(state.inFlight()).isZero();
            assertThat(state.latency()).isPositive();
        });
    }

    @Test
    void a_property_chooses_the_strategy_of_a_client() {
        var answers = new HashMap<String, Integer>();
        for (var i = 0; i < 8; i++) {
            answers.merge(get("weighed", "anybody"), 1, Integer::sum);
        }

        assertThat(answers).isEqualTo(Map.of("first", 6, "second", 2));
    }

    @Test
    void a_header_is_the_key_of_a_client() {
        var everybody = new HashSet<String>();
        for (var i = 0; i < 50; i++) {
            var customer = "customer-" + i;
            assertThat(get("keyed", customer)).isEqualTo(get("keyed", customer));
            everybody.add(get("keyed", customer));
        }

        assertThat(everybody).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void a_canary_is_raised_without_a_restart() {
        for (var i = 0; i < 20; i++) {
            assertThat(get("staged", "customer-" + i)).isEqualTo("first");
        }

        TestPropertyValues.of("breakwater.loadbalancing.clients.staged.canary.share=100")
                .applyTo(context);
        context.publishEvent(new EnvironmentChangeEvent(Set.of("breakwater")));

        for (var i = 0; i < 20; i++) {
            assertThat(get("staged", "customer-" + i)).isEqualTo("second");
        }
    }

    @Test
    void an_instance_that_fails_is_left_out() {
        FIRST.status.set(500);
        var failed = 0;
        for (var i = 0; i < 20; i++) {
            try {
                get("failing", "anybody");
            } catch (HttpServerErrorException e) {
                failed++;
            }
        }

        assertThat(failed).isEqualTo(5);
        assertThat(nodes.states("failing"))
                .extracting(NodeState::health)
                .containsExactlyInAnyOrder(Health.EJECTED, Health.UP);
    }

    @Test
    void execute_and_choose_tell_too() throws IOException {
        var answer = balancer.execute("executed", instance -> "from " + instance.getPort());
        var instance =
                Objects.requireNonNull(balancer.choose("executed", PickContext.request(null, "SKU-1", "customer-1")));
        nodes.begin("executed", instance).failed();

        assertThat(answer).startsWith("from ");
        assertThat(nodes.states("executed")).extracting(NodeState::requests).containsOnly(1L);
        assertThat(nodes.states("executed")).extracting(NodeState::errors).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void a_retry_goes_to_the_other_instance() {
        var failed = Objects.requireNonNull(balancer.choose("retried"));

        for (var i = 0; i < 10; i++) {
            assertThat(Objects.requireNonNull(balancer.choose("retried", PickContext.request(failed, null, null)))
                            .getPort())
                    .isNotEqualTo(failed.getPort());
        }
    }

    private String get(String service, String customer) {
        var answer = rest.get()
                .uri("http://" + service + "/")
                .header("X-Customer", customer)
                .retrieve()
                .body(String.class);
        return Objects.requireNonNull(answer);
    }
}
