package dev.breakwater.payment.work;

import dev.breakwater.platform.overload.AdaptiveLimitSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param limit of the calls that are made at a time, for each channel
 * @param shortestPoll the pause before looking for due payments after some were found
 * @param longestPoll the pause that repeated finding of nothing leads to
 * @param stopping how long a stop waits for calls under way
 */
@Validated
@ConfigurationProperties("breakwater.payment.work")
record WorkProperties(
        @DefaultValue AdaptiveLimitSettings limit,
        @DefaultValue("50ms") Duration shortestPoll,
        @DefaultValue("400ms") Duration longestPoll,
        @DefaultValue("10s") Duration stopping) {}
