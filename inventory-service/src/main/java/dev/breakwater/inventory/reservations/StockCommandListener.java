package dev.breakwater.inventory.reservations;

import dev.breakwater.platform.messaging.MessageConsumer;
import dev.breakwater.platform.messaging.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Where stock commands come in. */
@Component
class StockCommandListener {

    /**
     * How much is decided in one transaction. Some 600 orders of one line or 1,500 lines of large orders: an order may
     * have 50, and a poll's worth of such orders would outlast the transaction's time, at every repetition again.
     */
    private static final int MOST_BYTES = 64 * 1024;

    private final MessageConsumer consumer;
    private final StockCommandHandler handler;

    StockCommandListener(MessageConsumer consumer, StockCommandHandler handler) {
        this.consumer = consumer;
        this.handler = handler;
    }

    @KafkaListener(id = "stock-commands", topics = Topics.INVENTORY_COMMANDS, groupId = "inventory-service")
    void on(List<ConsumerRecord<String, byte[]>> records) {
        split(records).forEach(batch -> consumer.consume(batch, handler));
    }

    /** The records in their order, in batches of bounded size. */
    static List<List<ConsumerRecord<String, byte[]>>> split(List<ConsumerRecord<String, byte[]>> records) {
        var batches = new ArrayList<List<ConsumerRecord<String, byte[]>>>();
        var from = 0;
        var bytes = 0;
        for (var n = 0; n < records.size(); n++) {
            var size = Math.max(0, records.get(n).serializedValueSize());
            if (n > from && bytes + size > MOST_BYTES) {
                batches.add(records.subList(from, n));
                from = n;
                bytes = 0;
            }
            bytes += size;
        }
        if (from < records.size()) {
            batches.add(records.subList(from, records.size()));
        }
        return batches;
    }
}
