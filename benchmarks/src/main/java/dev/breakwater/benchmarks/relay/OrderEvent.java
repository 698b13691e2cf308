package dev.breakwater.benchmarks.relay;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The message that every outbox is given: about 200 bytes of JSON.
 *
 * @param orderId the key, one of a thousand
 * @param number grows with each message, so that the order within a key can be seen
 */
public record OrderEvent(String orderId, long number, String note) {

    private static final String NOTE = "two umbrellas and a pair of boots, to be delivered before the flood comes"
            .repeat(2)
            .substring(0, 110);
    private static final List<String> ORDER_IDS = IntStream.range(0, 1_000)
            .mapToObj(order -> new UUID(order * 0x9E3779B97F4A7C15L, order).toString())
            .toList();

    static List<OrderEvent> next(long from, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new OrderEvent(ORDER_IDS.get((int) ((from + i) % ORDER_IDS.size())), from + i, NOTE))
                .toList();
    }
}
