package dev.breakwater.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.gateway.StubService.Answer;
import dev.breakwater.platform.caching.ChangeFeed;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestTokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Every test has customers and addresses of its own, and rules so slow that nothing comes back while it runs. */
@TestPropertySource(
        properties = {
            "breakwater.gateway.trusted-proxies=127.0.0.1,::1",
            "breakwater.gateway.limits.rules.placements.rate=3",
            "breakwater.gateway.limits.rules.placements.per=90s",
            "breakwater.gateway.limits.rules.placements.burst=3",
            "breakwater.gateway.limits.rules.anonymous.rate=5",
            "breakwater.gateway.limits.rules.anonymous.per=200s",
            "breakwater.gateway.limits.rules.anonymous.burst=5",
            "breakwater.gateway.limits.rules.audits.each=customer",
            "breakwater.gateway.limits.rules.audits.paths=/api/v1/audit",
            "breakwater.gateway.limits.rules.audits.rate=2",
            "breakwater.gateway.limits.rules.audits.per=100s"
        })
class LimitsTest extends GatewayUnderTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String ADDED = "added by the test";

    private final String customer = "customer-" + UUID.randomUUID();
    private final String address = "2001:db8:%x:%x::1"
            .formatted(UUID.randomUUID().hashCode() & 0xffff, UUID.randomUUID().hashCode() & 0xffff);

    @Autowired
    private RedisSharing sharing;

    @Autowired
    private ConfigurableEnvironment environment;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private ChangeFeed feed;

    @BeforeEach
    void awaitRedis() {
        await().atMost(LONG).until(sharing::isPossible);
    }

    @AfterEach
    void takeBack() {
        if (environment.getPropertySources().remove(ADDED) != null) {
            events.publishEvent(new EnvironmentChangeEvent(Set.of()));
        }
    }

    @Test
    void a_customer_who_placed_as_many_orders_as_he_may_is_told_when_to_come_back() {
        var admitted = place(customer);
        assertThat(admitted.statusCode()).isEqualTo(204);
        assertThat(admitted.headers().firstValue("RateLimit-Policy")).contains("\"placements\";q=3;w=90");
        assertThat(admitted.headers().firstValue("RateLimit")).contains("\"placements\";r=2;t=30");
        assertThat(statuses(2, () -> place(customer))).containsOnly(204);

        var refused = place(customer);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.body()).contains("\"code\":\"rate_limited\"", "\"traceId\":\"", "placements");
        assertThat(refused.headers().firstValue("Retry-After")).contains("30");
        assertThat(refused.headers().allValues("RateLimit-Policy")).containsExactly("\"placements\";q=3;w=90");
        assertThat(refused.headers().allValues("RateLimit")).containsExactly("\"placements\";r=0;t=30");
        assertThat(refused.headers().firstValue("X-Trace-Id")).isPresent();
        assertThat(refused.headers().firstValue("X-Response-Time")).isPresent();
        assertThat(ORDERS.asked()).hasSize(3);
    }

    @Test
    void customers_and_calls_that_a_rule_is_not_about_are_not_held_to_it() {
        statuses(4, () -> place(customer));

        assertThat(place(customer + "-other").statusCode()).isEqualTo(204);
        assertThat(statuses(
                        5, () -> send(as(customer, "/api/v1/orders/0199/cancel").POST(BodyPublishers.noBody()))))
                .containsOnly(204);
        assertThat(statuses(5, () -> send(as(customer, "/api/v1/orders")))).containsOnly(204);
    }

    @Test
    void no_way_of_writing_a_path_leads_around_a_rule() {
        statuses(3, () -> place(customer));

        assertThat(send(json(as(customer, "/api/v1/%6Frders"), "{}")).statusCode())
                .isEqualTo(429);
    }

    @Test
    void who_has_no_token_is_counted_by_address_and_refused_before_he_is_told_that_he_needs_one() {
        assertThat(statuses(3, () -> send(json(from(address, "/api/v1/orders"), "{}"))))
                .containsOnly(401);

        var refused = send(json(from(address, "/api/v1/orders"), "{}"));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).isEmpty();
        // Refused by one rule, a call counts for no other: three of five are gone.
        assertThat(statuses(2, () -> send(from(address, "/api/v1/products?category=x"))))
                .containsOnly(204);
        assertThat(send(from(address, "/api/v1/products?category=x")).statusCode())
                .isEqualTo(429);
        assertThat(send(from("198.51.100.200", "/api/v1/products?category=x")).statusCode())
                .isEqualTo(204);
    }

    @Test
    void an_address_that_a_client_makes_up_changes_nothing() {
        var calls = IntStream.range(0, 6)
                .map(n -> send(request("/api/v1/products?category=x")
                                .header("X-Forwarded-For", "203.0.113." + n + ", " + address))
                        .statusCode())
                .toArray();

        assertThat(calls).containsExactly(204, 204, 204, 204, 204, 429);
    }

    @Test
    void bad_tokens_are_counted_by_address_and_when_nothing_is_left_only_known_ones_are_read() {
        var known = from(address, "/api/v1/orders").header("Authorization", "Bearer " + TestTokens.customer(customer));
        assertThat(send(known).statusCode()).isEqualTo(204);
        assertThat(statuses(5, () -> withToken(TestTokens.signedByAStranger("mallory"))))
                .containsOnly(401);

        // A bad token is counted when it has been answered, so one more may get in.
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(withToken(TestTokens.signedByAStranger("mallory")).statusCode())
                    .isEqualTo(429);
            assertThat(withToken(TestTokens.customer("new-" + UUID.randomUUID()))
                            .statusCode())
                    .isEqualTo(429);
        });
        assertThat(send(known).statusCode()).isEqualTo(204);
    }

    @Test
    void the_limit_of_a_customer_comes_before_what_he_may_do_and_before_his_body_is_read() {
        assertThat(statuses(3, () -> send(as(customer, "/api/v1/audit")))).containsExactly(403, 403, 429);

        statuses(3, () -> place(customer));
        var large = json(as(customer, "/api/v1/orders"), " ".repeat(100_000));
        assertThat(send(large).statusCode()).isEqualTo(429);
    }

    @Test
    void what_the_edge_cache_answers_is_not_counted() throws Exception {
        createTopic();
        await().atMost(LONG).until(feed::isCurrent);
        INVENTORY.answers(_ -> new Answer(
                200,
                "{}",
                Map.of(
                        "Content-Type",
                        "application/json",
                        "ETag",
                        "\"1\"",
                        "Cache-Control",
                        "public, max-age=1, stale-if-error=300")));
        var page = "/api/v1/products/SKU-" + UUID.randomUUID().toString().substring(0, 8);
        send(from(address, page));

        var answers =
                IntStream.range(0, 30).mapToObj(_ -> send(from(address, page))).toList();

        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        assertThat(answers)
                .allMatch(answer -> answer.headers().firstValue("RateLimit").isEmpty());
        assertThat(statuses(4, () -> send(from(address, "/api/v1/products?category=x"))))
                .containsOnly(200);
        assertThat(send(from(address, "/api/v1/products?category=x")).statusCode())
                .isEqualTo(429);
    }

    @Test
    void rules_come_change_and_go_while_the_gateway_runs() {
        var path = "/api/v1/payments/" + UUID.randomUUID();
        var rule = "breakwater.gateway.limits.rules.narrow.";
        set(Map.of(rule + "paths", path, rule + "rate", "2", rule + "per", "100s"));
        assertThat(statuses(3, () -> send(as(customer, path)))).containsExactly(204, 204, 429);

        set(Map.of(rule + "paths", path, rule + "rate", "4", rule + "per", "100s"));
        assertThat(statuses(5, () -> send(as(customer, path)))).containsExactly(204, 204, 204, 204, 429);

        set(Map.of(rule + "paths", path, rule + "rate", "-1"));
        assertThat(send(as(customer, path)).statusCode()).isEqualTo(429);
        set(Map.of(rule + "route", "nowhere", rule + "rate", "4"));
        assertThat(send(as(customer, path)).statusCode()).isEqualTo(429);

        set(Map.of());
        assertThat(statuses(5, () -> send(as(customer, path)))).containsOnly(204);
    }

    @Test
    void a_rule_of_a_route_is_for_everybody_together_and_one_that_is_smooth_makes_a_call_wait_its_turn() {
        var rule = "breakwater.gateway.limits.rules.route-payments.";
        set(Map.of(
                rule + "route", "payments", rule + "kind", "smooth", rule + "rate", "20", rule + "longest-wait", "1s"));
        var began = System.nanoTime();

        assertThat(statuses(6, () -> send(as("c-" + UUID.randomUUID(), "/api/v1/payments/1"))))
                .containsOnly(204);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(249));
    }

    @Test
    void a_rule_that_is_switched_off_holds_nobody_back() {
        set(Map.of("breakwater.gateway.limits.rules.placements.enabled", "false"));

        assertThat(statuses(10, () -> place(customer))).containsOnly(204);
        assertThat(place(customer).headers().firstValue("RateLimit")).isEmpty();
    }

    @Test
    void without_redis_the_gateway_goes_on_and_limits_go_on_too() {
        Servers.redis().kill();
        try {
            await().atMost(Duration.ofSeconds(2)).until(() -> !sharing.isPossible());
            assertThat(metrics()).contains("limiter_shared 0.0");
            var began = System.nanoTime();
            assertThat(statuses(5, () -> place(customer))).containsExactly(204, 204, 204, 429, 429);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        } finally {
            Servers.bringBack(Servers.redis());
        }
        await().atMost(LONG).until(sharing::isPossible);
        assertThat(metrics()).contains("limiter_shared 1.0");
        assertThat(statuses(4, () -> place(customer + "-later"))).containsExactly(204, 204, 204, 429);
    }

    @Test
    void decisions_are_counted_by_rule_and_by_who_made_them() {
        statuses(4, () -> place(customer));

        assertThat(metrics())
                .containsPattern(
                        "limiter_decisions_total\\{[^}]*by=\"redis\"[^}]*outcome=\"admitted\"[^}]*rule=\"placements\"")
                .containsPattern(
                        "limiter_decisions_total\\{[^}]*by=\"redis\"[^}]*outcome=\"refused\"[^}]*rule=\"placements\"")
                .contains("limiter_leases_seconds_count");
    }

    private HttpResponse<String> place(String whom) {
        return send(json(as(whom, "/api/v1/orders"), "{}"));
    }

    private HttpResponse<String> withToken(String token) {
        return send(from(address, "/api/v1/orders").header("Authorization", "Bearer " + token));
    }

    private HttpRequest.Builder as(String whom, String path) {
        return request(path).header("Authorization", "Bearer " + TestTokens.customer(whom));
    }

    private HttpRequest.Builder from(String client, String path) {
        return request(path).header("X-Forwarded-For", client);
    }

    private static List<Integer> statuses(int count, Supplier<HttpResponse<String>> call) {
        return IntStream.range(0, count).mapToObj(_ -> call.get().statusCode()).toList();
    }

    private String metrics() {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/actuator/prometheus")))
                .body();
    }

    private void set(Map<String, Object> properties) {
        var sources = environment.getPropertySources();
        sources.remove(ADDED);
        sources.addFirst(new MapPropertySource(ADDED, properties));
        events.publishEvent(new EnvironmentChangeEvent(properties.keySet()));
    }

    private static void createTopic() throws Exception {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", Servers.kafka().address()))) {
            admin.createTopics(List.of(new NewTopic("inventory.products", 3, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(TopicExistsException.class);
        }
    }
}
