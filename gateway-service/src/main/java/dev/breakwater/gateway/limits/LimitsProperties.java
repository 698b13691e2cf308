package dev.breakwater.gateway.limits;

import dev.breakwater.platform.overload.rate.Rate;
import dev.breakwater.platform.overload.rate.SmoothedBucket;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much is let in; may change while the gateway runs.
 *
 * @param gateways how many share a rule while Redis is away; 0: as many as the registry knows
 * @param callers of how many customers and addresses each rule remembers what they have left, in each gateway
 * @param rules by name, 1 to 40 of a-z 0-9 -, which clients see
 */
record LimitsProperties(
        @PositiveOrZero @DefaultValue("0") int gateways,
        @Positive @DefaultValue("10000") int callers,
        @DefaultValue Map<String, @Valid Rule> rules) {

    /** Who has a bucket of their own. */
    enum Each {
        /** Nobody: there is one for all calls. */
        NONE,
        /** Each customer, by the token's subject; who has no good token is counted by address. */
        CUSTOMER,
        /** Each address from which calls without a good token come. */
        ADDRESS
    }

    enum Kind {
        /** Token bucket: a burst goes on at once. */
        TOKENS,
        /** Leaky bucket: calls go on evenly spaced, after a short wait. */
        SMOOTH
    }

    /**
     * What is let in of some calls.
     *
     * @param enabled to take a rule back that a configuration behind this one makes
     * @param each whom it is for
     * @param route the name of a route; without, calls to any
     * @param methods without, calls by any
     * @param paths patterns, for fewer calls than the route has
     * @param rate how many calls
     * @param per in what time
     * @param burst how many at once, by a token bucket; 0: as many as the rate
     * @param longestWait for a call's turn, by a leaky bucket
     */
    record Rule(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("NONE") Each each,
            @DefaultValue("TOKENS") Kind kind,
            @Nullable String route,
            @DefaultValue List<@Pattern(regexp = "[A-Z]+") String> methods,
            @DefaultValue List<@Pattern(regexp = "/.*") String> paths,
            @Positive @Max(10_000_000) long rate,

            @DurationMin(millis = 1) @DurationMax(days = 1) @DefaultValue("1s")
            Duration per,

            @PositiveOrZero @Max(10_000_000) @DefaultValue("0")
            long burst,

            @DurationMin(nanos = 0) @DurationMax(seconds = 1) @DefaultValue("100ms")
            Duration longestWait) {

        Rate asRate() {
            return switch (kind) {
                case TOKENS -> new Rate(rate, per, burst == 0 ? rate : burst);
                case SMOOTH -> SmoothedBucket.rate(rate, per, longestWait);
            };
        }
    }
}
