package dev.breakwater.inventory.reservations;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.breakwater.platform.messaging.Topics;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Stock commands as Kafka delivers them, each with a message id of its own. */
final class Commands {

    private Commands() {}

    static ConsumerRecord<String, byte[]> delivered(String type, UUID order, String payload) {
        var record = new ConsumerRecord<>(Topics.INVENTORY_COMMANDS, 0, 0, order.toString(), payload.getBytes(UTF_8));
        record.headers()
                .add("event-id", UUID.randomUUID().toString().getBytes(UTF_8))
                .add("event-type", type.getBytes(UTF_8))
                .add("event-version", "1".getBytes(UTF_8));
        return record;
    }

    static String only(UUID order) {
        return "{\"orderId\": \"%s\"}".formatted(order);
    }

    static String line(UUID order, String sku, int quantity) {
        return "{\"orderId\": \"%s\", \"lines\": [{\"sku\": \"%s\", \"quantity\": %d}]}"
                .formatted(order, sku, quantity);
    }

    static String reserve(UUID order, String first, int firstQuantity, String second, int secondQuantity) {
        return """
                {"orderId": "%s", "lines": [{"sku": "%s", "quantity": %d}, {"sku": "%s", "quantity": %d}]}
                """.formatted(order, first, firstQuantity, second, secondQuantity);
    }
}
