package dev.breakwater.platform.loadbalancing.nodes;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When an instance is taken out for its failures, and for how long.
 *
 * @param consecutiveFailures this many in a row
 * @param errorRate or this share of the calls of a window, 0 to 1
 * @param leastCalls which has at least so many calls: two failures of three say nothing
 * @param window its length
 * @param time how long it rests the first time; the second time twice as long, and so on. What it was good for
 *     afterwards is taken off again
 * @param longest it never rests longer
 * @param most the largest share of a service's instances that rest at a time, 0 to 1, rounded down: where all fail it
 *     is not the instances. 0 ejects none
 */
public record EjectionSettings(
        @DefaultValue("5") @Min(1) int consecutiveFailures,

        @DefaultValue("0.5") @DecimalMin("0.01") @DecimalMax("1")
        double errorRate,

        @DefaultValue("20") @Min(1) @Max(1_000_000) int leastCalls,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration window,
        @DefaultValue("5s") @DurationMin(millis = 1) Duration time,
        @DefaultValue("5m") @DurationMin(millis = 1) Duration longest,

        @DefaultValue("0.5") @DecimalMin("0") @DecimalMax("1")
        double most) {}
