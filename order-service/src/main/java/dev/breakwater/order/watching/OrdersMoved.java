package dev.breakwater.order.watching;

import dev.breakwater.platform.messaging.InvalidMessageException;
import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.Outgoing;
import dev.breakwater.platform.messaging.Topics;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What instances tell each other. */
record OrdersMoved(List<UUID> orderIds) {

    private static final String TYPE = "OrdersMoved";

    OrdersMoved {
        Objects.requireNonNull(orderIds, "orderIds");
    }

    ProducerRecord<String, byte[]> toRecord() {
        return new Outgoing(Topics.ORDER_NEWS, orderIds.getFirst().toString(), TYPE, 1, this)
                .toRecord(UUID.randomUUID());
    }

    /** Nothing of a record that says something else. */
    static List<UUID> orderIds(ConsumerRecord<String, byte[]> kafkaRecord) throws InvalidMessageException {
        var message = Message.of(kafkaRecord);
        return message.type().equals(TYPE) ? message.as(OrdersMoved.class).orderIds() : List.of();
    }
}
