package dev.breakwater.platform.persistence;

import dev.breakwater.platform.batching.BatchWriter;
import dev.breakwater.platform.batching.IngestBatch;
import dev.breakwater.platform.batching.NotWrittenException;
import dev.breakwater.platform.web.exchange.RequestDeadline;
import dev.breakwater.platform.web.problem.ProblemException;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;

/**
 * Requests of one kind that share transactions: an {@link IngestBatch} over the database, with its figures, whose
 * refusals are problems of the API.
 */
public final class SharedTransactions<T, R> implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final String name;
    private final SharedTransactionLimits limits;
    private final MeterRegistry meters;
    private final BatchWriter<T, R> writer;
    private final IngestBatch<T, R> batch;

    /** @param name of its figures: {@code name.batch.size}, {@code name.queue} and {@code name.refused} */
    public SharedTransactions(
            String name, BatchWriter<T, R> writer, SharedTransactionLimits limits, MeterRegistry meters) {
        this.name = name;
        this.limits = limits;
        this.meters = meters;
        var sizes = DistributionSummary.builder(name + ".batch.size")
                .description("Requests that shared a transaction")
                .publishPercentileHistogram()
                .maximumExpectedValue((double) limits.size())
                .register(meters);
        this.writer = new Measured<>(writer, sizes);
        batch = new IngestBatch<>(this.writer, limits.batch(), DatabaseFaults::isUnavailable);
        Gauge.builder(name + ".queue", batch, IngestBatch::queued)
                .description("Requests that wait for a transaction")
                .register(meters);
    }

    /**
     * Returns after the commit of the transaction that has the item.
     *
     * @param left how much time the client leaves for the answer
     * @throws ProblemException 503 with Retry-After when too many wait, when this one waited too long or when the
     *     service stops; 504 when the client's time was over before its turn came. Nothing of it was written.
     */
    public R write(T item, Duration left) {
        if (limits.size() == 1) {
            return writer.writeAlone(item);
        }
        var isHurried = left.compareTo(limits.longestWait()) < 0;
        try {
            return batch.write(item, isHurried ? left : limits.longestWait());
        } catch (NotWrittenException e) {
            meters.counter(name + ".refused", "cause", e.why().name()).increment();
            throw switch (e.why()) {
                case QUEUE_FULL -> unavailable("overloaded", "Too many requests are waiting.");
                case CLOSED -> unavailable("stopping", "This instance is about to stop.");
                case WAITED_TOO_LONG ->
                    isHurried
                            ? RequestDeadline.exceeded("The time was over before the turn came; nothing was changed.")
                            : unavailable("overloaded", "The request waited too long; nothing was changed.");
            };
        }
    }

    /** How many wait for a transaction now. */
    public int queued() {
        return batch.queued();
    }

    /**
     * Refuses newcomers and returns when everyone who was let in has been answered. With a size of 1 there is nobody to
     * wait for: each is in its own request's hands.
     */
    @Override
    public void close() {
        batch.close();
    }

    private static ProblemException unavailable(String code, String detail) {
        return ProblemException.unavailable(code, detail, RETRY_AFTER);
    }

    private record Measured<T, R>(BatchWriter<T, R> writer, DistributionSummary sizes) implements BatchWriter<T, R> {

        @Override
        public List<R> write(List<T> items) {
            sizes.record(items.size());
            return writer.write(items);
        }

        @Override
        public R writeAlone(T item) {
            sizes.record(1);
            return writer.writeAlone(item);
        }
    }
}
