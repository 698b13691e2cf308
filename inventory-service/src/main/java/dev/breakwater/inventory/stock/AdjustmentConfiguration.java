package dev.breakwater.inventory.stock;

import dev.breakwater.platform.batching.BatchWriter;
import dev.breakwater.platform.batching.IngestBatch;
import dev.breakwater.platform.persistence.DatabaseFaults;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AdjustmentConfiguration {

    @Bean
    IngestBatch<RequestedAdjustment, AdjustmentOutcome> adjustmentBatch(
            SharedAdjustments adjustments, AdjustmentProperties properties, MeterRegistry meters) {
        var sizes = DistributionSummary.builder("adjustments.batch.size")
                .description("Stock adjustments that shared a transaction")
                .publishPercentileHistogram()
                .maximumExpectedValue((double) properties.size())
                .register(meters);
        BatchWriter<RequestedAdjustment, AdjustmentOutcome> measured = batch -> {
            sizes.record(batch.size());
            return adjustments.write(batch);
        };
        var batch = new IngestBatch<>(measured, properties.limits(), DatabaseFaults::isUnavailable);
        Gauge.builder("adjustments.queue", batch, IngestBatch::queued)
                .description("Stock adjustments that wait for a transaction")
                .register(meters);
        return batch;
    }
}
