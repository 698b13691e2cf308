package dev.breakwater.payment.work;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param concurrency calls to the bank at a time
 * @param shortestPoll the pause before looking for due payments after some were found
 * @param longestPoll the pause that repeated finding of nothing leads to
 * @param stopping how long a stop waits for calls under way
 */
@Validated
@ConfigurationProperties("breakwater.payment.work")
record WorkProperties(
        @DefaultValue("64") @Positive int concurrency,
        @DefaultValue("50ms") Duration shortestPoll,
        @DefaultValue("400ms") Duration longestPoll,
        @DefaultValue("10s") Duration stopping) {}
