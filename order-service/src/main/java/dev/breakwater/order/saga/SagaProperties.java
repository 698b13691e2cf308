package dev.breakwater.order.saga;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long things may take.
 *
 * @param reserveWithin how long an order waits for stock to be decided
 * @param payWithin how long it then waits for a payment to begin
 * @param cancelWithin how long after its confirmation an order can be cancelled
 * @param timeoutCheck how often orders that are due are looked for
 */
@ConfigurationProperties("breakwater.order")
public record SagaProperties(
        @DefaultValue("15m") Duration reserveWithin,
        @DefaultValue("15m") Duration payWithin,
        @DefaultValue("15m") Duration cancelWithin,
        @DefaultValue("1s") Duration timeoutCheck) {}
