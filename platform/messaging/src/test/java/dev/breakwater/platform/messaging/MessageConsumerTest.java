package dev.breakwater.platform.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.platform.messaging.MessagingApp.Counted;
import dev.breakwater.platform.persistence.DatabaseFaults;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TopicReader;
import dev.breakwater.platform.testing.WithServers;
import dev.breakwater.platform.testing.WithServers.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionTimedOutException;

@WithServers({Kind.MARIADB, Kind.KAFKA})
@SpringBootTest(classes = MessagingApp.class, properties = MessagingApp.CONFIGURATION)
@Timeout(120)
class MessageConsumerTest {

    @Autowired
    private MessageConsumer consumer;

    @Autowired
    private JdbcTemplate jdbc;

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
        assertThat(TopicReader.all(Topics.deadLetters(Topics.PAYMENT_EVENTS)).stream()
                        .filter(letter -> poison.toString().equals(Headers.text(letter, Headers.EVENT_ID))))
                .singleElement()
                .satisfies(letter ->
                        assertThat(Headers.text(letter, Headers.DEAD_CAUSE)).contains("Counted cannot be decoded"));
    }

    @Test
    void a_passing_fault_puts_nothing_aside() {
        var before = TopicReader.all(Topics.deadLetters(Topics.PAYMENT_EVENTS)).size();
        var records = List.of(kafkaRecord(UUID.randomUUID(), "Counted", "{\"n\": 1}"));
        assertThatThrownBy(() -> consumer.consume(records, fresh -> {
                    throw new TransientDataAccessResourceException("away");
                }))
                .hasMessage("away");
        var effects = new AtomicInteger();
        consumer.consume(records, fresh -> effects.addAndGet(fresh.size()));
        assertThat(effects).hasValue(1);
        assertThat(TopicReader.all(Topics.deadLetters(Topics.PAYMENT_EVENTS))).hasSize(before);
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
        var limit = Servers.isMySql() ? "SELECT @@max_execution_time / 1000" : "SELECT @@max_statement_time";
        assertThat(jdbc.queryForObject(limit, Double.class)).isEqualTo(3);
        var tooLong = Servers.isMySql()
                ? "SELECT /*+ MAX_EXECUTION_TIME(50) */ COUNT(*) FROM information_schema.schemata WHERE SLEEP(2) = 0"
                : "SET STATEMENT max_statement_time = 0.05 FOR SELECT SLEEP(2)";
        assertThatThrownBy(() -> jdbc.execute(tooLong))
                .isInstanceOf(QueryTimeoutException.class)
                .satisfies(e -> assertThat(DatabaseFaults.isPassing((RuntimeException) e))
                        .isTrue());
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

    private static ConsumerRecord<String, byte[]> kafkaRecord(UUID id, String type, String json) {
        var kafkaRecord = new ProducerRecord<>(Topics.PAYMENT_EVENTS, "key", json.getBytes(UTF_8));
        var received = new ConsumerRecord<>(kafkaRecord.topic(), 0, 0, kafkaRecord.key(), kafkaRecord.value());
        received.headers().add(Headers.EVENT_ID, id.toString().getBytes(UTF_8));
        received.headers().add(Headers.TYPE, type.getBytes(UTF_8));
        received.headers().add(Headers.VERSION, "1".getBytes(UTF_8));
        return received;
    }
}
