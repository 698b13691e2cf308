package dev.breakwater.platform.persistence;

import dev.breakwater.platform.batching.BatchLimits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How requests share transactions.
 *
 * @param writers transactions at the same time; together with the other users of the pool less than its connections
 * @param size requests in one transaction; with 1 nothing is shared, and each writes its own as soon as it comes: the
 *     pool of connections is then the only bound
 * @param queue requests that wait for a transaction; one more is answered 503 at once
 * @param longestWait how long one may wait in the queue, if its client does not say less
 */
public record SharedTransactionLimits(
        @Min(1) @DefaultValue("2") int writers,
        @Min(1) @Max(1_000) @DefaultValue("256") int size,
        @Min(0) @DefaultValue("4000") int queue,
        @NotNull @DefaultValue("2s") Duration longestWait) {

    BatchLimits batch() {
        return new BatchLimits(writers, size, queue);
    }
}
