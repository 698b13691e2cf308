package dev.breakwater.inventory.reservations;

import dev.breakwater.platform.messaging.MessageConsumer;
import dev.breakwater.platform.messaging.Topics;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Where stock commands come in. */
@Component
class StockCommandListener {

    private final MessageConsumer consumer;
    private final StockCommandHandler handler;

    StockCommandListener(MessageConsumer consumer, StockCommandHandler handler) {
        this.consumer = consumer;
        this.handler = handler;
    }

    @KafkaListener(id = "stock-commands", topics = Topics.INVENTORY_COMMANDS, groupId = "inventory-service")
    void on(List<ConsumerRecord<String, byte[]>> records) {
        consumer.consume(records, handler);
    }
}
