package dev.breakwater.inventory.products;

import dev.breakwater.platform.caching.CachingProperties;
import dev.breakwater.platform.caching.ChangeFeed;
import dev.breakwater.platform.caching.KnownKeys;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.web.exchange.ReadyAnswerFilter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.kafka.core.ConsumerFactory;

/** The cached read path: ready answers before memory before Redis before the Bloom filter before the database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KnownSkusProperties.class, ProductListsProperties.class, ProductWritesProperties.class})
class ProductCaching {

    @Bean
    ChangeFeed productChanges(ConsumerFactory<String, byte[]> consumers, CachingProperties caching) {
        return new ChangeFeed(consumers, Topics.INVENTORY_PRODUCTS, caching.floorFor());
    }

    @Bean
    KnownKeys knownSkus(
            Products products,
            ChangeFeed productChanges,
            UnpublishedChanges unpublished,
            KnownSkusProperties properties,
            MeterRegistry meters) {
        return new KnownKeys(
                properties.expected(),
                properties.falsePositives(),
                products::forEachSku,
                () -> productChanges.isCurrent() && unpublished.none(),
                meters);
    }

    @Bean
    FilterRegistrationBean<ReadyAnswerFilter> readyAnswerFilter(ProductCache products, MeterRegistry meters) {
        return readyAnswers("/api/v1/products/", products, meters);
    }

    @Bean
    FilterRegistrationBean<ReadyAnswerFilter> readyPriceFilter(ProductCache products, MeterRegistry meters) {
        return readyAnswers(PriceController.PATH, products, meters);
    }

    private static FilterRegistrationBean<ReadyAnswerFilter> readyAnswers(
            String path, ProductCache products, MeterRegistry meters) {
        var filter = new FilterRegistrationBean<>(new ReadyAnswerFilter(path, "{sku}", products::ready, meters));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        filter.addUrlPatterns(path + "*");
        return filter;
    }
}
