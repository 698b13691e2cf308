package dev.breakwater.demo.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The records in the topics {@code *.dlt} beyond what the group {@code dead-letter-replay} has committed. Replaying
 * sends each to its original topic with its headers, so that the inbox there knows it by its own id, and commits what
 * was acknowledged: one sent twice after a crash in between is harmless.
 */
final class DeadLetters implements AutoCloseable {

    static final String GROUP = "dead-letter-replay";

    private static final String SUFFIX = ".dlt";
    private static final String CAUSE = "dead-letter-cause";
    private static final List<String> OURS = List.of("dead-letter-topic", CAUSE);
    private static final Duration POLL = Duration.ofSeconds(2);

    private final String kafka;
    private final Consumer<byte[], byte[]> consumer;

    DeadLetters(String kafka) {
        this.kafka = kafka;
        this.consumer = new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ConsumerConfig.GROUP_ID_CONFIG,
                GROUP,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000,
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class));
    }

    /** Original topic → how many wait; topics without any are left out. */
    Map<String, Long> waiting() {
        var waiting = new TreeMap<String, Long>();
        ranges(partitions("")).forEach((partition, range) -> {
            if (range.size() > 0) {
                waiting.merge(original(partition.topic()), range.size(), Long::sum);
            }
        });
        return waiting;
    }

    /** The first of those that wait, in words. */
    List<String> peek(int most) {
        var words = new ArrayList<String>();
        forEachWaiting(partitions(""), letter -> {
            if (words.size() < most) {
                words.add("%s-%d@%d key=%s cause=%s"
                        .formatted(
                                letter.topic(),
                                letter.partition(),
                                letter.offset(),
                                letter.key() == null ? "" : new String(letter.key(), StandardCharsets.UTF_8),
                                header(letter, CAUSE)));
            }
        });
        return words;
    }

    /** Returns how many were sent again. */
    int replay(String topic) {
        var original = original(topic);
        var partitions = partitions(original + SUFFIX);
        var sent = new ArrayList<Future<RecordMetadata>>();
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                10_000,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class))) {
            forEachWaiting(partitions, letter -> {
                var again = new ProducerRecord<>(original, null, letter.key(), letter.value(), letter.headers());
                OURS.forEach(again.headers()::remove);
                sent.add(producer.send(again));
            });
            for (var acknowledgement : sent) {
                acknowledgement.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("a message was not accepted; none is counted as sent", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
        if (!partitions.isEmpty()) {
            var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
            partitions.forEach(
                    partition -> offsets.put(partition, new OffsetAndMetadata(consumer.position(partition))));
            consumer.commitSync(offsets);
        }
        return sent.size();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private record Range(long from, long to) {
        long size() {
            return to - from;
        }
    }

    private interface Reader {
        void read(ConsumerRecord<byte[], byte[]> letter);
    }

    /** Of one dead-letter topic, or of all. */
    private List<TopicPartition> partitions(String topic) {
        return consumer.listTopics().entrySet().stream()
                .filter(entry -> topic.isEmpty()
                        ? entry.getKey().endsWith(SUFFIX)
                        : entry.getKey().equals(topic))
                .flatMap(entry -> entry.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private Map<TopicPartition, Range> ranges(List<TopicPartition> partitions) {
        var ends = consumer.endOffsets(partitions);
        var beginnings = consumer.beginningOffsets(partitions);
        var committed = consumer.committed(Set.copyOf(partitions));
        var ranges = new HashMap<TopicPartition, Range>();
        for (var partition : partitions) {
            var done = committed.get(partition);
            var beginning = beginnings.getOrDefault(partition, 0L);
            var from = done == null ? beginning : Math.max(done.offset(), beginning);
            ranges.put(partition, new Range(from, ends.getOrDefault(partition, from)));
        }
        return ranges;
    }

    /** Up to the ends as they are at the beginning: what dies again meanwhile waits for the next replay. */
    private void forEachWaiting(List<TopicPartition> partitions, Reader reader) {
        var ranges = ranges(partitions);
        consumer.assign(partitions);
        ranges.forEach((partition, range) -> consumer.seek(partition, range.from()));
        var open = new ArrayList<>(partitions);
        open.removeIf(partition -> isRead(partition, ranges));
        while (!open.isEmpty()) {
            for (var letter : consumer.poll(POLL)) {
                var partition = new TopicPartition(letter.topic(), letter.partition());
                var range = ranges.get(partition);
                if (range != null && letter.offset() < range.to()) {
                    reader.read(letter);
                } else {
                    consumer.seek(partition, range == null ? letter.offset() : range.to());
                    consumer.pause(List.of(partition));
                }
            }
            open.removeIf(partition -> isRead(partition, ranges));
        }
    }

    private boolean isRead(TopicPartition partition, Map<TopicPartition, Range> ranges) {
        var range = ranges.get(partition);
        return range == null || consumer.position(partition) >= range.to();
    }

    private static String original(String topic) {
        return topic.endsWith(SUFFIX) ? topic.substring(0, topic.length() - SUFFIX.length()) : topic;
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        var header = letter.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
