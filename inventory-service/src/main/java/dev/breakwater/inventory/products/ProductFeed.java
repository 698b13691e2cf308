package dev.breakwater.inventory.products;

import dev.breakwater.platform.caching.ChangeFeed;
import dev.breakwater.platform.messaging.InvalidMessageException;
import dev.breakwater.platform.messaging.Message;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells this instance's cache what was changed, by whichever instance. */
@Component
class ProductFeed {

    private static final Logger log = LoggerFactory.getLogger(ProductFeed.class);

    private final ProductCache cache;
    private final Echoes echoes;
    private final long began;

    ProductFeed(ChangeFeed productChanges, ProductCache cache, Echoes echoes, Clock clock) {
        this.cache = cache;
        this.echoes = echoes;
        this.began = clock.millis();
        productChanges.listen(this::heard);
    }

    private void heard(List<ConsumerRecord<String, byte[]>> records) {
        for (var each : records) {
            try {
                var message = Message.of(each);
                if (message.type().equals("ProductChanged")) {
                    var changed = message.as(ProductChanged.class);
                    if (each.timestamp() < began) {
                        cache.heardLate(changed.sku(), changed.version());
                    } else {
                        cache.heard(changed.sku(), changed.version());
                    }
                    echoes.heard(changed.sku(), changed.version());
                }
            } catch (InvalidMessageException e) {
                // What it said is not known; the values that it was about live for their time.
                log.error("product event skipped offset={} cause={}", each.offset(), e.toString());
            }
        }
    }
}
