package dev.breakwater.benchmarks.relay;

import dev.breakwater.platform.testing.Servers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A fresh topic of six partitions and a producer for it. */
public final class RelayKafka implements AutoCloseable {

    private static final int PARTITIONS = 6;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String topic;
    private final DefaultKafkaProducerFactory<String, byte[]> producers;
    private final KafkaTemplate<String, byte[]> template;

    /**
     * Two settings of the producer.
     *
     * @param lingerMillis {@code linger.ms}
     * @param batchKibibytes {@code batch.size}, in KiB
     */
    public record Batching(int lingerMillis, int batchKibibytes) {

        /** The services': platform/messaging.yaml. */
        static final Batching USUAL = new Batching(2, 64);
    }

    public RelayKafka(String name, Batching batching) throws ExecutionException, InterruptedException {
        topic = "relay-" + name + "-" + System.nanoTime();
        try (var admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        producers = new DefaultKafkaProducerFactory<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                Servers.kafka().address(),
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.BATCH_SIZE_CONFIG,
                batching.batchKibibytes() * 1024,
                ProducerConfig.LINGER_MS_CONFIG,
                batching.lingerMillis(),
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                16L * 1024 * 1024));
        template = new KafkaTemplate<>(producers);
    }

    public String topic() {
        return topic;
    }

    public KafkaTemplate<String, byte[]> template() {
        return template;
    }

    /** How many records the topic holds. */
    long count() throws ExecutionException, InterruptedException {
        try (var admin = admin()) {
            var ends =
                    partitions().stream().collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    /** How many records arrived after a later one of their key. */
    long overtaken() {
        var partitions = partitions();
        var latest = new HashMap<String, Long>();
        var overtaken = 0L;
        try (var consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, Servers.kafka().address()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var found : consumer.poll(Duration.ofSeconds(1))) {
                    var number = JSON.readValue(found.value(), OrderEvent.class).number();
                    if (latest.merge(found.key(), number, Math::max) > number) {
                        overtaken++;
                    }
                }
            }
        }
        return overtaken;
    }

    private List<TopicPartition> partitions() {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", Servers.kafka().address()));
    }

    @Override
    public void close() {
        producers.destroy();
    }
}
