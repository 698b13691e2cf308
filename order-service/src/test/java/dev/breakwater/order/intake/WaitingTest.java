package dev.breakwater.order.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.order.saga.PaymentMethod;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    private final Waiting waiting = new Waiting();

    @Test
    void an_order_is_found_by_its_id_and_by_its_customer() {
        var order = order("alice");
        waiting.add(FIRST, 5, order);
        assertThat(waiting.find(order.orderId())).contains(order);
        assertThat(waiting.ofCustomer("alice")).containsExactly(order);
        assertThat(waiting.ofCustomer("Alice")).isEmpty();
    }

    @Test
    void what_the_intake_has_consumed_is_forgotten_and_nothing_else() {
        var consumed = order("alice");
        var next = order("alice");
        var elsewhere = order("bob");
        waiting.add(FIRST, 5, consumed);
        waiting.add(FIRST, 6, next);
        waiting.add(SECOND, 5, elsewhere);
        waiting.forget(Map.of(FIRST, 6L));
        assertThat(waiting.all()).containsExactlyInAnyOrder(next, elsewhere);
        assertThat(waiting.ofCustomer("alice")).containsExactly(next);
        waiting.forget(Map.of(FIRST, 7L, SECOND, 6L));
        assertThat(waiting.size()).isZero();
        assertThat(waiting.ofCustomer("alice")).isEmpty();
    }

    @Test
    void an_order_that_was_sent_twice_waits_once() {
        var order = order("alice");
        waiting.add(FIRST, 5, order);
        waiting.add(FIRST, 9, order);
        assertThat(waiting.size()).isEqualTo(1);
        waiting.forget(Map.of(FIRST, 6L));
        assertThat(waiting.size()).isZero();
    }

    private static QueuedOrder order(String customer) {
        return new QueuedOrder(
                UUID.randomUUID(),
                new UUID(0, 1),
                customer,
                "LAMP-1",
                1,
                9_900,
                "CNY",
                2,
                new PaymentMethod("card", "tok_ok"),
                new UUID(0, 2),
                Instant.EPOCH);
    }
}
