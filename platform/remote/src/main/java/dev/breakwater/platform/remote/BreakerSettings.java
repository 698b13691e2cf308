package dev.breakwater.platform.remote;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a breaker judges those it stands before, and how many calls it lets be under way.
 *
 * @param window how many of the last calls are looked at; few enough that an outage is seen within a second under load,
 *     many enough that one bad call in a quiet hour is none
 * @param least with fewer calls than this there is no judgement
 * @param failedPercent it opens when this share of them failed
 * @param slowAfter from when on a call is slow: many times what it usually takes, also for a cold service, and less
 *     than its time limit
 * @param slowPercent it opens when this share of them was slow, answered or not; higher than that of failures, because
 *     a slow answer is one
 * @param openFor how long nobody is called then; as long as an instance takes to be replaced in the registry
 * @param probes how many calls decide after that whether it closes again
 * @param atATime the calls that may be under way; above what a healthy service ever needs, for its own limit is what
 *     refuses, and this bounds the connections to one that hangs
 */
public record BreakerSettings(
        @DefaultValue("20") @Min(1) int window,
        @DefaultValue("10") @Min(1) int least,
        @DefaultValue("50") @Min(1) @Max(100) int failedPercent,
        @DefaultValue("800ms") @DurationMin(millis = 1) Duration slowAfter,
        @DefaultValue("80") @Min(1) @Max(100) int slowPercent,
        @DefaultValue("5s") @DurationMin(millis = 1) Duration openFor,
        @DefaultValue("3") @Min(1) int probes,
        @DefaultValue("256") @Min(1) int atATime) {

    CircuitBreakerConfig breaker() {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(window)
                .minimumNumberOfCalls(least)
                .failureRateThreshold(failedPercent)
                .slowCallDurationThreshold(slowAfter)
                .slowCallRateThreshold(slowPercent)
                .waitDurationInOpenState(openFor)
                .permittedNumberOfCallsInHalfOpenState(probes)
                .recordException(Failures::isFailure)
                .ignoreException(Failures::saysNothing)
                .build();
    }

    BulkheadConfig bulkhead() {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(atATime)
                .maxWaitDuration(Duration.ZERO)
                .build();
    }
}
