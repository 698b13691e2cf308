package dev.breakwater.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.testing.Servers;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

class LimitsTest extends LimitedGateway {

    private static final String ADDED = "added by the test";

    @Autowired
    private ConfigurableEnvironment environment;

    @Autowired
    private ApplicationEventPublisher events;

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
    void the_limit_of_a_customer_comes_before_what_he_may_do_and_before_his_body_is_read() {
        assertThat(statuses(3, () -> send(as(customer, "/api/v1/audit")))).containsExactly(403, 403, 429);

        statuses(3, () -> place(customer));
        var large = json(as(customer, "/api/v1/orders"), " ".repeat(100_000));
        assertThat(send(large).statusCode()).isEqualTo(429);
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
    void a_call_whose_client_gives_up_before_its_turn_comes_is_not_made() {
        var rule = "breakwater.gateway.limits.rules.route-payments.";
        set(Map.of(
                rule + "route", "payments", rule + "kind", "smooth", rule + "rate", "2", rule + "longest-wait", "1s"));
        assertThat(send(as(customer, "/api/v1/payments/1")).statusCode()).isEqualTo(204);

        var late = send(as(customer, "/api/v1/payments/1").header("X-Request-Deadline-Ms", "100"));

        assertThat(late.statusCode()).isEqualTo(504);
        assertThat(late.body()).contains("\"code\":\"deadline_exceeded\"", "nothing was done");
        assertThat(PAYMENTS.asked()).hasSize(1);
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
}
