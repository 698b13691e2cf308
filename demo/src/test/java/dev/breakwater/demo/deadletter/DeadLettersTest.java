package dev.breakwater.demo.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.servers.FreePorts;
import dev.breakwater.platform.servers.Kafka;
import dev.breakwater.platform.servers.LocalProcess;
import dev.breakwater.platform.servers.ServerCache;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

    @TempDir
    private Path folder;

    @Test
    void a_dead_letter_is_listed_sent_again_with_its_headers_and_then_done_with() throws Exception {
        var program = new Kafka(ServerCache.standard()).program(folder, FreePorts.next(), FreePorts.next());
        try (var kafka = new LocalProcess(program, folder.resolve("kafka.log"))) {
            kafka.start().awaitReady(Duration.ofSeconds(60));
            try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
                admin.createTopics(List.of(
                                new NewTopic("stock", Optional.of(3), Optional.empty()),
                                new NewTopic("stock.dlt", Optional.of(3), Optional.empty())))
                        .all()
                        .get();
            }
            bury(kafka.address());

            try (var letters = new DeadLetters(kafka.address())) {
                assertThat(letters.waiting()).containsExactly(Map.entry("stock", 5L));
                assertThat(letters.peek(1).getFirst()).contains("cause=not JSON");
                assertThat(letters.replay("stock")).isEqualTo(5);
            }

            try (var letters = new DeadLetters(kafka.address())) {
                assertThat(letters.waiting()).isEmpty();
                assertThat(letters.replay("stock")).isZero();
            }
            assertThat(read(kafka.address(), "stock")).hasSize(5).allSatisfy(again -> {
                assertThat(again.headers().lastHeader("event-id").value()).isNotEmpty();
                assertThat(again.headers().lastHeader("dead-letter-cause")).isNull();
            });
        }
    }

    private static void bury(String kafka) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka), new StringSerializer(), new StringSerializer())) {
            for (var number = 0; number < 5; number++) {
                var letter = new ProducerRecord<>("stock.dlt", "order-" + number, "{");
                letter.headers().add("event-id", Integer.toString(number).getBytes(UTF_8));
                letter.headers().add("dead-letter-topic", "stock".getBytes(UTF_8));
                letter.headers().add("dead-letter-cause", "not JSON".getBytes(UTF_8));
                producer.send(letter).get();
            }
        }
    }

    private static List<ConsumerRecord<String, String>> read(String kafka, String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka),
                new StringDeserializer(),
                new StringDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var all = new ArrayList<ConsumerRecord<String, String>>();
            var wanted = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (all.size() < wanted) {
                consumer.poll(Duration.ofSeconds(1)).forEach(all::add);
            }
            return all;
        }
    }
}
