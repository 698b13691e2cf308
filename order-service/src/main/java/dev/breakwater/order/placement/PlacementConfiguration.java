package dev.breakwater.order.placement;

import dev.breakwater.platform.batching.BatchWriter;
import dev.breakwater.platform.batching.IngestBatch;
import dev.breakwater.platform.persistence.DatabaseFaults;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngestProperties.class)
class PlacementConfiguration {

    @Bean
    IngestBatch<Submission, Outcome> ingestBatch(
            SharedPlacement placement, IngestProperties properties, MeterRegistry meters) {
        var sizes = DistributionSummary.builder("ingest.batch.size")
                .description("Orders that shared a transaction")
                .publishPercentileHistogram()
                .maximumExpectedValue((double) properties.size())
                .register(meters);
        var measured = new BatchWriter<Submission, Outcome>() {
            @Override
            public List<Outcome> write(List<Submission> batch) {
                sizes.record(batch.size());
                return placement.write(batch);
            }

            @Override
            public Outcome writeAlone(Submission submission) {
                return placement.writeAlone(submission);
            }
        };
        var batch = new IngestBatch<>(measured, properties.limits(), DatabaseFaults::isUnavailable);
        Gauge.builder("ingest.queue", batch, IngestBatch::queued)
                .description("Orders that wait for a transaction")
                .register(meters);
        return batch;
    }
}
