package dev.breakwater.platform.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.persistence.DatabaseFaults;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.WithServers;
import dev.breakwater.platform.testing.WithServers.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionTimedOutException;

@WithServers({Kind.MARIADB, Kind.KAFKA})
@SpringBootTest(
        properties =
                "spring.config.import=classpath:platform/web.yaml,classpath:platform/persistence.yaml,classpath:platform/messaging.yaml")
@Timeout(120)
class MessagingTest {

    @Autowired
    private Outbox outbox;

    @Autowired
    private Transactions transactions;

    @Autowired
    private MessageConsumer consumer;

    @Autowired
    private PlatformTransactionManager transactionManager;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Configuration
    @EnableAutoConfiguration
    static class App {}

    record Counted(int n) {}

    @Test
    void what_rolls_back_is_never_published_and_what_commits_is() {
        var key = key();
        assertThatThrownBy(() -> transactions.write(() -> {
                    outbox.append(message(key, 1));
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        transactions.write(() -> outbox.append(message(key, 2)));
        await().untilAsserted(() -> assertThat(numbers(key)).containsExactly(2));
    }

    @Test
    void an_outbox_outside_of_a_transaction_is_refused() {
        assertThatThrownBy(() -> outbox.append(message(key(), 1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_row_whose_id_was_taken_early_and_committed_late_is_not_skipped() throws Exception {
        var early = key();
        var late = key();
        var taken = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = threads.submit(() -> transactions.write(() -> {
                outbox.append(message(early, 1));
                taken.countDown();
                awaitLatch(commit);
            }));
            awaitLatch(taken);
            transactions.write(() -> outbox.append(message(late, 2)));
            await().untilAsserted(() -> assertThat(numbers(late)).containsExactly(2));
            commit.countDown();
            slow.get();
        }
        await().untilAsserted(() -> assertThat(numbers(early)).containsExactly(1));
    }

    @Test
    void messages_of_one_key_keep_their_order_while_relays_come_and_go() {
        var keys = IntStream.range(0, 40).mapToObj(n -> key()).toList();
        var relays = new ArrayList<Relay>();
        for (var n = 0; n < 300; n++) {
            var number = n;
            transactions.write(() -> outbox.appendAll(
                    keys.stream().map(key -> message(key, number)).toList()));
            if (n % 60 == 0) {
                var relay = new Relay(jdbc, kafka, transactions);
                relay.start();
                relays.add(relay);
            }
            if (n % 100 == 99) {
                relays.removeFirst().stop();
            }
        }
        try {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(outboxRows()).isZero());
        } finally {
            relays.forEach(Relay::stop);
        }
        var expected = IntStream.range(0, 300).boxed().toList();
        var all = firstDeliveries();
        for (var key : keys) {
            assertThat(all.get(key)).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void lanes_are_shared_evenly_and_a_dead_owners_lanes_are_taken_over() {
        var one = new LaneLeases(jdbc, transactions);
        var two = new LaneLeases(jdbc, transactions);
        // The context's own relay is the third, and none is sure of a lane before the others let go.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            one.renew();
            two.renew();
            assertThat(one.lanes()).hasSizeBetween(4, 6).doesNotContainAnyElementsOf(two.lanes());
            assertThat(two.lanes()).hasSizeBetween(4, 6);
        });
        two.release();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            one.renew();
            assertThat(one.lanes()).hasSize(8);
        });
        one.release();
    }

    @Test
    void a_message_delivered_again_takes_effect_once() {
        var effects = new AtomicInteger();
        var first = kafkaRecord(UUID.randomUUID(), "Counted", "{\"n\": 1}");
        var second = kafkaRecord(UUID.randomUUID(), "Counted", "{\"n\": 2}");
        consumer.consume(List.of(first, first), fresh -> effects.addAndGet(fresh.size()));
        consumer.consume(List.of(first, second), fresh -> effects.addAndGet(fresh.size()));
        consumer.consume(List.of(first, second), fresh -> effects.addAndGet(fresh.size()));
        assertThat(effects).hasValue(2);
    }

    @Test
    void one_message_received_by_two_consumers_at_once_takes_effect_once() throws Exception {
        for (var round = 0; round < 20; round++) {
            var records = IntStream.range(0, 20)
                    .mapToObj(n -> kafkaRecord(UUID.randomUUID(), "Counted", "{\"n\": 1}"))
                    .toList();
            var shuffled = new ArrayList<>(records);
            Collections.shuffle(shuffled, new Random(round));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var a = threads.submit(() -> consumer.consume(records, this::count));
                var b = threads.submit(() -> consumer.consume(shuffled, this::count));
                a.get();
                b.get();
            }
            assertThat(effectsInDatabase()).isEqualTo((round + 1) * 20L);
        }
    }

    @Test
    void a_poisonous_record_is_put_aside_and_its_neighbours_take_effect_in_order() {
        var poison = UUID.randomUUID();
        var handled = new ArrayList<Integer>();
        var records = List.of(
                kafkaRecord(UUID.randomUUID(), "Counted", "{\"n\": 1}"),
                kafkaRecord(poison, "Counted", "{\"n\": \"many\"}"),
                kafkaRecord(UUID.randomUUID(), "Counted", "{\"n\": 2}"));
        consumer.consume(records, fresh -> {
            var numbers = fresh.stream().map(one -> one.as(Counted.class).n()).toList();
            handled.addAll(numbers);
        });
        assertThat(handled).containsExactly(1, 2);
        assertThat(read(Topics.deadLetters(Topics.PAYMENT_EVENTS)).stream()
                        .filter(letter -> poison.toString().equals(Headers.text(letter, Headers.EVENT_ID))))
                .singleElement()
                .satisfies(letter ->
                        assertThat(Headers.text(letter, Headers.DEAD_CAUSE)).contains("Counted cannot be decoded"));
    }

    @Test
    void a_passing_fault_puts_nothing_aside() {
        var before = read(Topics.deadLetters(Topics.PAYMENT_EVENTS)).size();
        var records = List.of(kafkaRecord(UUID.randomUUID(), "Counted", "{\"n\": 1}"));
        assertThatThrownBy(() -> consumer.consume(records, fresh -> {
                    throw new TransientDataAccessResourceException("away");
                }))
                .hasMessage("away");
        var effects = new AtomicInteger();
        consumer.consume(records, fresh -> effects.addAndGet(fresh.size()));
        assertThat(effects).hasValue(1);
        assertThat(read(Topics.deadLetters(Topics.PAYMENT_EVENTS))).hasSize(before);
    }

    @Test
    void a_batch_that_takes_too_long_is_handled_in_smaller_ones_in_order() {
        var handled = new ArrayList<Integer>();
        var records = IntStream.range(0, 10)
                .mapToObj(n -> kafkaRecord(UUID.randomUUID(), "Counted", "{\"n\": " + n + "}"))
                .toList();
        consumer.consume(records, fresh -> {
            if (fresh.size() > 3) {
                throw new TransactionTimedOutException("too much at once");
            }
            fresh.forEach(one -> handled.add(one.as(Counted.class).n()));
        });
        assertThat(handled).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void the_server_ends_a_statement_that_takes_too_long_and_the_batch_may_be_repeated() {
        assertThat(jdbc.queryForObject("SELECT @@innodb_lock_wait_timeout", Integer.class))
                .isEqualTo(2);
        assertThat(jdbc.queryForObject("SELECT @@max_statement_time", Double.class))
                .isEqualTo(3);
        assertThatThrownBy(() -> jdbc.execute("SET STATEMENT max_statement_time = 0.05 FOR SELECT SLEEP(2)"))
                .isInstanceOf(QueryTimeoutException.class)
                .satisfies(e -> assertThat(DatabaseFaults.isPassing((RuntimeException) e))
                        .isTrue());
    }

    @Test
    void a_transaction_whose_time_is_over_runs_no_further_statement() {
        var hurried = new Transactions(transactionManager, 1);
        assertThatThrownBy(() -> hurried.write(() -> {
                    jdbc.execute("SELECT SLEEP(1.1)");
                    outbox.append(message(key(), 1));
                }))
                .isInstanceOf(TransactionTimedOutException.class);
    }

    @Test
    void with_kafka_away_messages_wait_and_arrive_when_it_is_back() {
        var key = key();
        Servers.kafka().kill();
        try {
            transactions.write(() -> outbox.append(message(key, 1)));
            assertThat(outboxRows()).isPositive();
        } finally {
            Servers.bringBack(Servers.kafka());
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(numbers(key)).containsExactly(1));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void with_kafka_away_the_log_tells_it_once_for_all_messages_and_not_what_is_in_them(CapturedOutput log) {
        var key = key();
        Servers.kafka().kill();
        try {
            transactions.write(() -> IntStream.range(0, 100).forEach(n -> outbox.append(message(key, n))));
            await().atMost(Duration.ofSeconds(60)).until(() -> log.toString().contains("relay waits"));
        } finally {
            Servers.bringBack(Servers.kafka());
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(numbers(key)).hasSize(100));
        var lines = log.toString().lines();
        assertThat(lines.filter(line -> line.contains(" ERROR ") || line.contains(key)))
                .isEmpty();
    }

    private void count(List<Message> fresh) {
        // In the transaction, so that a rolled back attempt does not count.
        jdbc.update(
                "INSERT INTO figures (slot, name, amount) VALUES (0, 'effects', ?) ON DUPLICATE KEY UPDATE amount = amount + VALUES(amount)",
                fresh.size());
    }

    private long effectsInDatabase() {
        var sum = jdbc.queryForObject("SELECT SUM(amount) FROM figures WHERE name = 'effects'", Long.class);
        return sum == null ? 0 : sum;
    }

    private long outboxRows() {
        var count = jdbc.queryForObject("SELECT COUNT(*) FROM outbox", Long.class);
        return count == null ? 0 : count;
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static Outgoing message(String key, int n) {
        return new Outgoing(Topics.PAYMENT_COMMANDS, key, "Counted", 1, new Counted(n));
    }

    private static ConsumerRecord<String, byte[]> kafkaRecord(UUID id, String type, String json) {
        var kafkaRecord = new ProducerRecord<>(Topics.PAYMENT_EVENTS, "key", json.getBytes(UTF_8));
        var received = new ConsumerRecord<>(kafkaRecord.topic(), 0, 0, kafkaRecord.key(), kafkaRecord.value());
        received.headers().add(Headers.EVENT_ID, id.toString().getBytes(UTF_8));
        received.headers().add(Headers.TYPE, type.getBytes(UTF_8));
        received.headers().add(Headers.VERSION, "1".getBytes(UTF_8));
        return received;
    }

    private List<Integer> numbers(String key) {
        return firstDeliveries().getOrDefault(key, List.of());
    }

    /** What an inbox would let through: each event id once, at its first delivery. */
    private Map<String, List<Integer>> firstDeliveries() {
        var seen = new LinkedHashSet<String>();
        var numbers = new HashMap<String, List<Integer>>();
        for (var kafkaRecord : read(Topics.PAYMENT_COMMANDS)) {
            var message = Message.of(kafkaRecord);
            if (seen.add(message.id().toString())) {
                numbers.computeIfAbsent(message.key(), key -> new ArrayList<>())
                        .add(message.as(Counted.class).n());
            }
        }
        return numbers;
    }

    private static List<ConsumerRecord<String, byte[]>> read(String topic) {
        var configuration =
                Map.<String, Object>of("bootstrap.servers", Servers.kafka().address());
        try (var reader = new KafkaConsumer<>(configuration, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = reader.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            var ends = reader.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (partitions.stream()
                    .anyMatch(partition -> reader.position(partition) < ends.getOrDefault(partition, 0L))) {
                reader.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
