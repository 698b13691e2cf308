package dev.breakwater.payment.lifecycle;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param settlementBound how long after a call the bank may still come to know of it: until then "not found" says
 *     nothing
 * @param lease how long a step may take before another instance takes it over; longer than connecting, reading and
 *     writing together
 * @param backoff the pause after the first failure, doubled after each further one
 * @param longestBackoff the longest pause: a bank that is back is noticed within it
 */
@Validated
@ConfigurationProperties("breakwater.payment.work")
record LifecycleProperties(
        @DefaultValue("60s") Duration settlementBound,
        @DefaultValue("10s") Duration lease,
        @DefaultValue("100ms") Duration backoff,
        @DefaultValue("5s") Duration longestBackoff) {}
