package dev.breakwater.platform.remote;

import dev.breakwater.platform.overload.AcceptRatioSettings;
import dev.breakwater.platform.overload.RetryBudgetSettings;
import jakarta.validation.Valid;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How services are called.
 *
 * @param connectTimeout how long an instance may take to accept a connection before another one is tried
 * @param longestRequest the longest that one instance is waited for, whatever the caller allows: shorter than the
 *     routes' limits, so that there is time for another one
 * @param retries how many reads may be sent to another instance, for each service
 * @param throttle what is held back of the calls that are not accepted, for each breaker's name
 * @param breaker what a breaker is like that has no settings of its own
 * @param breakers those that have, by name, or by what stands before the first dash of it
 */
@Validated
@ConfigurationProperties("breakwater.remote")
record RemoteProperties(
        @DefaultValue("500ms") @DurationMin(millis = 1) Duration connectTimeout,
        @DefaultValue("1s") @DurationMin(millis = 1) Duration longestRequest,
        @DefaultValue RetryBudgetSettings retries,
        @DefaultValue AcceptRatioSettings throttle,
        @DefaultValue @Valid BreakerSettings breaker,
        @DefaultValue Map<String, @Valid BreakerSettings> breakers) {

    BreakerSettings of(String name) {
        var dash = name.indexOf('-');
        var ofItsKind = dash < 0 ? breaker : breakers.getOrDefault(name.substring(0, dash), breaker);
        return breakers.getOrDefault(name, ofItsKind);
    }
}
