package dev.breakwater.gateway.degradation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.gateway.GatewayUnderTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** The plan of the gateway's own configuration, at each of its levels. */
class DegradationTest extends GatewayUnderTest {

    private static final String ADDED = "level of the test";

    private static final String ORDER = "/api/v1/orders/0199";
    private static final String OVERVIEW = ORDER + "/overview";
    private static final String LIST = "/api/v1/products?limit=5";
    private static final String STREAM = ORDER + "/events";

    private final ConfigurableEnvironment environment;
    private final ApplicationEventPublisher events;
    private final MeterRegistry meters;

    @Autowired
    DegradationTest(ConfigurableEnvironment environment, ApplicationEventPublisher events, MeterRegistry meters) {
        this.environment = environment;
        this.events = events;
        this.meters = meters;
    }

    @AfterEach
    void switch_everything_on() {
        environment.getPropertySources().remove(ADDED);
        events.publishEvent(new EnvironmentChangeEvent(Set.of()));
    }

    @Test
    void at_first_everything_is_there() {
        assertThat(status(OVERVIEW)).isEqualTo(204);
        assertThat(status(LIST)).isEqualTo(204);
        assertThat(status(STREAM)).isEqualTo(204);
    }

    @Test
    void features_are_switched_off_in_their_order_and_on_again() {
        level(1);
        assertThat(status(OVERVIEW)).isEqualTo(503);
        assertThat(status(LIST)).isEqualTo(204);
        level(2);
        assertThat(status(OVERVIEW)).isEqualTo(503);
        assertThat(status(LIST)).isEqualTo(503);
        assertThat(status("/api/v1/orders")).isEqualTo(503);
        assertThat(status(STREAM)).isEqualTo(204);
        level(3);
        assertThat(status(STREAM)).isEqualTo(503);
        level(0);
        assertThat(status(OVERVIEW)).isEqualTo(204);
        assertThat(status(LIST)).isEqualTo(204);
    }

    @Test
    void what_sells_and_what_tells_of_an_order_stays_to_the_end() {
        level(99);

        assertThat(send(json(asAlice("/api/v1/orders").header("Idempotency-Key", "k"), "{}"))
                        .statusCode())
                .isEqualTo(204);
        assertThat(send(asAlice(ORDER + "/cancel").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(204);
        assertThat(status(ORDER)).isEqualTo(204);
        assertThat(status("/api/v1/products/SKU-1/stock")).isEqualTo(204);
    }

    @Test
    void a_refusal_says_what_is_off_and_reaches_no_service() {
        level(1);
        var before = refused("overviews");

        var refused = send(request(OVERVIEW));

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.headers().firstValue("Retry-After")).contains("30");
        assertThat(refused.headers().firstValue("X-Trace-Id")).isPresent();
        assertThat(refused.body()).contains("\"code\":\"switched_off\"", "overviews");
        assertThat(ORDERS.asked()).isEmpty();
        assertThat(refused("overviews") - before).isEqualTo(1);
        assertThat(meters.get("degradation.level").gauge().value()).isEqualTo(1);
    }

    private int status(String path) {
        return send(asAlice(path)).statusCode();
    }

    private double refused(String feature) {
        var counter = meters.find("degradation.refused").tag("feature", feature).counter();
        return counter == null ? 0 : counter.count();
    }

    private void level(int level) {
        var sources = environment.getPropertySources();
        sources.remove(ADDED);
        sources.addFirst(new MapPropertySource(ADDED, Map.of("breakwater.gateway.degradation.level", level)));
        events.publishEvent(new EnvironmentChangeEvent(Set.of("breakwater.gateway.degradation.level")));
    }
}
