package dev.breakwater.order.saga;

import dev.breakwater.platform.messaging.Outbox;
import dev.breakwater.platform.persistence.Figures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The beginning of a saga, by constructors. */
public final class SagaParts {

    private SagaParts() {}

    public static Orders orders(JdbcTemplate jdbc) {
        return new Orders(jdbc);
    }

    public static NewOrders newOrders(JdbcTemplate jdbc, Outbox outbox) {
        var properties = new SagaProperties(
                Duration.ofMinutes(15), Duration.ofMinutes(15), Duration.ofMinutes(15), Duration.ofSeconds(1));
        var clock = Clock.systemUTC();
        var steps = new SagaSteps(
                new Orders(jdbc),
                outbox,
                new Figures(jdbc),
                properties,
                clock,
                new SimpleMeterRegistry(),
                ended -> {},
                moved -> {});
        return new NewOrders(steps, properties, clock);
    }
}
