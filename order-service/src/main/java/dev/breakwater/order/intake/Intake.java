package dev.breakwater.order.intake;

import dev.breakwater.order.intake.Places.Buyer;
import dev.breakwater.order.saga.NewOrders;
import dev.breakwater.order.saga.NewOrders.NewOrder;
import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.MessageConsumer;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.persistence.Transactions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Writes the orders that flash sales let in, a batch in one transaction, at the database's own pace. The door may have
 * let in too much, after its memory was lost: what a customer may not have ends here, what the sale has no stock for at
 * inventory's ledger.
 */
@Component
class Intake {

    static final String GROUP = "order-service.intake";

    private final MessageConsumer consumer;
    private final Places places;
    private final NewOrders newOrders;
    private final WrittenOrders written;

    Intake(MessageConsumer consumer, Places places, NewOrders newOrders, WrittenOrders written) {
        this.consumer = consumer;
        this.places = places;
        this.newOrders = newOrders;
        this.written = written;
    }

    private record Received(QueuedOrder order, NewOrder wanted) {}

    @KafkaListener(id = "flash-sale-intake", idIsGroup = false, topics = Topics.ORDER_INTAKE, groupId = GROUP)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        var orders = new ArrayList<QueuedOrder>();
        consumer.consume(records, fresh -> orders.addAll(write(fresh)));
        // Whose writer was killed before he could say so, or came after the door had given him up.
        orders.forEach(written::written);
    }

    /**
     * One order may have been sent several times; the first is the order.
     *
     * @return those that were not written yet
     */
    private List<QueuedOrder> write(List<Message> fresh) {
        var received = new LinkedHashMap<UUID, Received>();
        for (var message : fresh) {
            if (message.type().equals(QueuedOrder.TYPE)) {
                var order = message.as(QueuedOrder.class);
                received.putIfAbsent(order.orderId(), new Received(order, order.toNewOrder(message.traceparent())));
            }
        }
        places.find(received.keySet()).forEach(place -> received.remove(place.orderId()));
        var orders = received.values().stream().map(Received::order).toList();
        if (orders.isEmpty()) {
            return orders;
        }
        var within = new ArrayList<NewOrder>(received.size());
        var beyond = new ArrayList<NewOrder>();
        var bought = bought(received);
        for (var each : received.values()) {
            var order = each.order();
            var pieces = bought.getOrDefault(Buyer.of(order), 0L) + order.quantity();
            if (pieces > order.perCustomerLimit()) {
                beyond.add(each.wanted());
            } else {
                bought.put(Buyer.of(order), pieces);
                within.add(each.wanted());
            }
        }
        Transactions.repeatOnDuplicate("an order was taken in twice at the same moment", () -> {
            places.insert(orders);
            if (!within.isEmpty()) {
                newOrders.begin(within);
            }
            if (!beyond.isEmpty()) {
                newOrders.beginOverLimit(beyond);
            }
        });
        return orders;
    }

    private Map<Buyer, Long> bought(Map<UUID, Received> received) {
        return places.bought(
                received.values().stream().map(each -> Buyer.of(each.order())).collect(Collectors.toSet()));
    }
}
