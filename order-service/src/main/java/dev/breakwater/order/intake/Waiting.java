package dev.breakwater.order.intake;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * The orders that are in the topic and perhaps not in the ledger yet. One thread adds and forgets, any number look.
 *
 * <p>It is as large as the intake's lag: what the intake has consumed is in the ledger and is forgotten here.
 */
final class Waiting {

    private final Map<UUID, QueuedOrder> byId = new ConcurrentHashMap<>();
    private final Map<String, Map<UUID, QueuedOrder>> byCustomer = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Deque<Place>> places = new HashMap<>();

    private record Place(long offset, QueuedOrder order) {}

    /** In the order of the partition. One that was sent again waits from its first place on. */
    void add(TopicPartition partition, long offset, QueuedOrder order) {
        if (byId.putIfAbsent(order.orderId(), order) == null) {
            byCustomer
                    .computeIfAbsent(order.customer(), customer -> new ConcurrentHashMap<>())
                    .put(order.orderId(), order);
            places.computeIfAbsent(partition, key -> new ArrayDeque<>()).add(new Place(offset, order));
        }
    }

    /** @param committed the first offset of each partition that the intake has not consumed */
    void forget(Map<TopicPartition, Long> committed) {
        committed.forEach((partition, offset) -> {
            var queue = places.getOrDefault(partition, new ArrayDeque<>());
            while (!queue.isEmpty() && queue.getFirst().offset() < offset) {
                var order = queue.removeFirst().order();
                byId.remove(order.orderId());
                byCustomer.computeIfPresent(order.customer(), (customer, orders) -> {
                    orders.remove(order.orderId());
                    return orders.isEmpty() ? null : orders;
                });
            }
        });
    }

    Optional<QueuedOrder> find(UUID orderId) {
        return Optional.ofNullable(byId.get(orderId));
    }

    Collection<QueuedOrder> ofCustomer(String customer) {
        return List.copyOf(byCustomer.getOrDefault(customer, Map.of()).values());
    }

    Collection<QueuedOrder> all() {
        return List.copyOf(byId.values());
    }

    int size() {
        return byId.size();
    }
}
