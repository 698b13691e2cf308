package dev.breakwater.order.pricing;

import dev.breakwater.platform.messaging.InvalidMessageException;
import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Keeps the copies of prices up to date. One instance of the service writes an event to the table they share; every
 * instance takes it into its own memory.
 *
 * <p>No inbox is needed: versions make a repeat harmless.
 */
@Component
class ProductEvents {

    private static final Logger log = LoggerFactory.getLogger(ProductEvents.class);

    private final PriceRows rows;
    private final Prices prices;

    ProductEvents(PriceRows rows, Prices prices) {
        this.rows = rows;
        this.prices = prices;
    }

    record ProductChanged(String sku, long priceMinor, String currency, long version) {
        ProductChanged {
            Objects.requireNonNull(sku, "sku");
            Objects.requireNonNull(currency, "currency");
        }
    }

    @KafkaListener(topics = Topics.INVENTORY_PRODUCTS, groupId = "order-service.prices")
    void keep(List<ConsumerRecord<String, byte[]>> records) {
        rows.keep(decode(records));
    }

    @KafkaListener(
            id = "broadcast-prices",
            idIsGroup = false,
            topics = Topics.INVENTORY_PRODUCTS,
            groupId = "order-service.prices.${random.uuid}",
            properties = "auto.offset.reset=latest")
    void remember(List<ConsumerRecord<String, byte[]>> records) {
        prices.learn(decode(records));
    }

    static List<Price> decode(List<ConsumerRecord<String, byte[]>> records) {
        var decoded = new ArrayList<Price>(records.size());
        for (var kafkaRecord : records) {
            try {
                var message = Message.of(kafkaRecord);
                if (message.type().equals("ProductChanged")) {
                    var product = message.as(ProductChanged.class);
                    decoded.add(new Price(product.sku(), product.priceMinor(), product.currency(), product.version()));
                }
            } catch (InvalidMessageException e) {
                // The topic holds states, not commands: the product's next event, or asking inventory, makes up for it.
                log.error("product event skipped offset={} cause={}", kafkaRecord.offset(), e.toString());
            }
        }
        return decoded;
    }
}
