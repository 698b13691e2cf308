package dev.breakwater.order.flashsale;

import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.MessageConsumer;
import dev.breakwater.platform.messaging.Topics;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Takes in the sales that inventory announces, so that each is preheated before it opens and closed after it ends. */
@Component
class Announcements {

    private final MessageConsumer consumer;
    private final SaleRows rows;

    Announcements(MessageConsumer consumer, SaleRows rows) {
        this.consumer = consumer;
        this.rows = rows;
    }

    @KafkaListener(topics = Topics.INVENTORY_FLASH_SALES, groupId = "order-service.flash-sales")
    void on(List<ConsumerRecord<String, byte[]>> records) {
        consumer.consume(records, this::keep);
    }

    private void keep(List<Message> fresh) {
        var announced = fresh.stream()
                .filter(message -> message.type().equals("FlashSaleAnnounced"))
                .map(message -> message.as(Sale.class))
                .toList();
        if (!announced.isEmpty()) {
            rows.keep(announced);
        }
    }
}
