package dev.breakwater.gateway.routing;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
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
 * @param connections to the instances
 * @param longestRead how long an instance may say nothing to a read before another one is tried; longer than the 3 s
 *     after which it gives up on its database and shows what it knows
 * @param routes by name
 */
@Validated
@ConfigurationProperties("breakwater.gateway")
record RoutingProperties(
        @DefaultValue @Valid Connections connections,
        @DefaultValue("3500ms") @DurationMin(millis = 1) Duration longestRead,
        @NotEmpty Map<String, @Valid Route> routes) {

    /**
     * @param connectTimeout how long an instance may take to accept a connection before another one is tried
     * @param perInstance at most so many at a time
     * @param streamsPerInstance the same for streams of events, of which each keeps one
     * @param longestWait for one of them, when all are in use
     * @param longestIdle after that they are closed. Shorter than the services keep theirs
     *     ({@code server.tomcat.keep-alive-timeout}), or a call would meet one that is just being closed
     * @param lookedAtAfter idle for longer, they are looked at before they are used
     * @param longestSilence in a stream of events; longer than they let nothing be heard
     */
    record Connections(
            @DefaultValue("1s") @DurationMin(millis = 1) Duration connectTimeout,
            @DefaultValue("512") @Min(1) int perInstance,
            @DefaultValue("10000") @Min(1) int streamsPerInstance,
            @DefaultValue("100ms") @DurationMin(millis = 1) Duration longestWait,
            @DefaultValue("30s") @DurationMin(millis = 1) Duration longestIdle,
            @DefaultValue("1s") @DurationMin(millis = 1) Duration lookedAtAfter,
            @DefaultValue("1m") @DurationMin(millis = 1) Duration longestSilence) {}

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
