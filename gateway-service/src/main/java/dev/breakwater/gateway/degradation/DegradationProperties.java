package dev.breakwater.gateway.degradation;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is given up, in which order; may change while the gateway runs.
 *
 * @param level how many of the steps are taken now
 * @param comeBackIn what a client is told to wait
 * @param steps the cheapest to do without first
 */
record DegradationProperties(
        @PositiveOrZero @DefaultValue("0") int level,

        @DurationMin(seconds = 1) @DefaultValue("30s") Duration comeBackIn,

        @DefaultValue List<@Valid Step> steps) {

    /**
     * A feature.
     *
     * @param name as metrics and clients see it, 1 to 40 of a-z 0-9 -
     * @param methods of its calls
     * @param paths patterns of its paths
     */
    record Step(
            @Pattern(regexp = "[a-z0-9-]{1,40}") String name,
            @NotEmpty List<@Pattern(regexp = "[A-Z]+") String> methods,
            @NotEmpty List<@Pattern(regexp = "/.*") String> paths) {}
}
