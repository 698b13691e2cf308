package dev.breakwater.gateway.edge;

import dev.breakwater.platform.caching.ChangeFeed;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Tells the edge cache what inventory-service says was changed. */
@Component
class ProductChanges {

    private static final Logger log = LoggerFactory.getLogger(ProductChanges.class);

    static final String TOPIC = "inventory.products";

    /** Ignores what else the event says. */
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The part of {@code ProductChanged} that matters here. */
    private record Changed(@Nullable String sku, long version) {}

    private final ProductPages pages;

    ProductChanges(ChangeFeed productFeed, ProductPages pages) {
        this.pages = pages;
        productFeed.listen(records -> records.forEach(this::heard));
    }

    private void heard(ConsumerRecord<String, byte[]> told) {
        if (told.value() == null) {
            return;
        }
        try {
            var changed = JSON.readValue(told.value(), Changed.class);
            if (changed != null && changed.sku() != null) {
                pages.changed(changed.sku(), changed.version());
            }
        } catch (JacksonException e) {
            // What it said is not known; the page that it was about lives for its time.
            log.error("product event skipped offset={} cause={}", told.offset(), e.getOriginalMessage());
        }
    }
}
