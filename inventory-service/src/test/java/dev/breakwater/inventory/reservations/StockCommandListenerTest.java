package dev.breakwater.inventory.reservations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class StockCommandListenerTest {

    @Test
    void a_poll_of_small_orders_is_one_transaction() {
        assertThat(StockCommandListener.split(records(500, 120))).hasSize(1);
        assertThat(StockCommandListener.split(List.of())).isEmpty();
    }

    @Test
    void a_poll_of_large_orders_is_split_in_order_and_loses_none() {
        var records = records(500, 2_500);
        var batches = StockCommandListener.split(records);
        assertThat(batches)
                .hasSizeBetween(18, 22)
                .allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(27));
        assertThat(batches.stream().flatMap(List::stream).collect(Collectors.toList()))
                .containsExactlyElementsOf(records);
    }

    @Test
    void a_record_larger_than_a_batch_goes_alone() {
        assertThat(StockCommandListener.split(records(3, 1_000_000))).hasSize(3);
    }

    private static List<ConsumerRecord<String, byte[]>> records(int count, int bytes) {
        return IntStream.range(0, count)
                .mapToObj(n -> new ConsumerRecord<>(
                        "inventory.commands",
                        0,
                        n,
                        0,
                        TimestampType.CREATE_TIME,
                        36,
                        bytes,
                        "key",
                        new byte[0],
                        new RecordHeaders(),
                        Optional.<Integer>empty()))
                .toList();
    }
}
