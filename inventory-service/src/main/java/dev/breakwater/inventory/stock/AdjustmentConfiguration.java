package dev.breakwater.inventory.stock;

import dev.breakwater.platform.persistence.SharedTransactions;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AdjustmentConfiguration {

    @Bean
    SharedTransactions<RequestedAdjustment, AdjustmentOutcome> sharedStockAdjustments(
            SharedAdjustments adjustments, AdjustmentProperties properties, MeterRegistry meters) {
        return new SharedTransactions<>("adjustments", adjustments, properties.adjustments(), meters);
    }
}
