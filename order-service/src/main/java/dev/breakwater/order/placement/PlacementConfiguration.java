package dev.breakwater.order.placement;

import dev.breakwater.platform.persistence.SharedTransactions;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngestProperties.class)
class PlacementConfiguration {

    @Bean
    SharedTransactions<Submission, Outcome> sharedPlacements(
            SharedPlacement placement, IngestProperties properties, MeterRegistry meters) {
        return new SharedTransactions<>("ingest", placement, properties.ingest(), meters);
    }
}
