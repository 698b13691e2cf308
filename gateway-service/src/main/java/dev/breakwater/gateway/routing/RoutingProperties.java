package dev.breakwater.gateway.routing;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where calls go.
 *
 * @param connectTimeout how long an instance may take to accept a connection before another one is tried
 * @param routes by name
 */
@Validated
@ConfigurationProperties("breakwater.gateway")
record RoutingProperties(
        @DefaultValue("1s") @DurationMin(millis = 1) Duration connectTimeout,
        @NotEmpty Map<String, @Valid Route> routes) {

    /**
     * The calls that one service answers.
     *
     * @param service its name in the registry
     * @param paths patterns of its paths
     * @param timeLimit the longest that a call may take, whatever its client allows
     */
    record Route(
            @NotEmpty String service,
            @NotEmpty List<@NotEmpty String> paths,
            @NotNull @DurationMin(millis = 1) Duration timeLimit) {}
}
