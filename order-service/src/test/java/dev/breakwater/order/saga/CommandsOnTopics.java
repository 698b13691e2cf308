package dev.breakwater.order.saga;

import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.testing.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the command topics from their beginning to their present end. */
final class CommandsOnTopics {

    private CommandsOnTopics() {}

    static long count(String orderId) {
        var configuration = Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, Servers.kafka().address());
        try (var consumer = new KafkaConsumer<>(configuration, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = List.of(Topics.INVENTORY_COMMANDS, Topics.PAYMENT_COMMANDS).stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var count = 0L;
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (var kafkaRecord : consumer.poll(Duration.ofMillis(200))) {
                    count += orderId.equals(kafkaRecord.key()) ? 1 : 0;
                }
            }
            return count;
        }
    }
}
