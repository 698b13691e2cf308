package dev.breakwater.inventory.stock;

import dev.breakwater.platform.batching.BatchLimits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How stock adjustments share transactions.
 *
 * @param writers transactions at the same time; two of one product wait for each other anyway
 * @param size adjustments in one transaction; with 1 each has its own
 * @param queue adjustments that wait for a transaction; one more is answered 503 at once
 * @param longestWait how long one may wait in the queue, if its client does not say less
 */
@Validated
@ConfigurationProperties("breakwater.inventory.adjustments")
record AdjustmentProperties(
        @Min(1) @DefaultValue("2") int writers,
        @Min(1) @Max(1_000) @DefaultValue("256") int size,
        @Min(0) @DefaultValue("1000") int queue,
        @NotNull @DefaultValue("2s") Duration longestWait) {

    BatchLimits limits() {
        return new BatchLimits(writers, size, queue);
    }
}
