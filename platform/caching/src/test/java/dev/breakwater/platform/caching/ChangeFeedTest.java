package dev.breakwater.platform.caching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.testing.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

class ChangeFeedTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final String topic = "changes-" + UUID.randomUUID();
    private final KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", Servers.kafka().address()), new StringSerializer(), new ByteArraySerializer());
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final ChangeFeed feed = new ChangeFeed(
            new DefaultKafkaConsumerFactory<>(
                    Map.of("bootstrap.servers", Servers.kafka().address(), "default.api.timeout.ms", 3_000),
                    new StringDeserializer(),
                    new ByteArrayDeserializer()),
            topic,
            Duration.ofMinutes(10));

    ChangeFeedTest() {
        feed.listen(records -> records.forEach(each -> heard.add(each.key())));
    }

    @AfterEach
    void close() {
        feed.stop();
        producer.close();
    }

    @Test
    void a_change_that_was_told_before_it_listened_is_heard_unless_it_is_too_old() {
        create(1);
        var now = System.currentTimeMillis();
        tell("old", now - Duration.ofMinutes(11).toMillis());
        tell("young", now - Duration.ofMinutes(9).toMillis());
        feed.start();
        tell("new", now);
        await().atMost(LONG).until(() -> heard.contains("new"));
        assertThat(heard).containsExactly("young", "new");
    }

    @Test
    void it_is_current_when_all_has_been_heard_and_not_while_kafka_is_away() {
        create(3);
        tell("first", System.currentTimeMillis());
        assertThat(feed.isCurrent()).isFalse();
        feed.start();
        await().atMost(LONG).until(feed::isCurrent);
        assertThat(heard).containsExactly("first");
        Servers.kafka().pause();
        try {
            await().atMost(LONG).until(() -> !feed.isCurrent());
        } finally {
            Servers.kafka().resume();
        }
        tell("second", System.currentTimeMillis());
        await().atMost(LONG).until(() -> heard.contains("second") && feed.isCurrent());
        // A consumer that gave up on Kafka begins again where it began before.
        assertThat(heard).containsOnly("first", "second").endsWith("second");
    }

    @Test
    void who_was_away_for_longer_than_changes_matter_goes_on_where_it_was() {
        create(3);
        feed.start();
        tell("first", System.currentTimeMillis());
        await().atMost(LONG).until(() -> heard.contains("first") && feed.isCurrent());
        feed.stop();
        tell("second", System.currentTimeMillis() - Duration.ofMinutes(20).toMillis());
        feed.start();
        await().atMost(LONG).until(() -> heard.contains("second"));
        assertThat(heard).containsExactly("first", "second");
    }

    @Test
    void a_listener_that_fails_is_told_of_the_next_change_all_the_same() {
        create(1);
        feed.listen(records -> {
            throw new IllegalStateException("cannot be understood");
        });
        feed.start();
        tell("first", System.currentTimeMillis());
        await().atMost(LONG).until(() -> heard.contains("first"));
        tell("second", System.currentTimeMillis());
        await().atMost(LONG).until(() -> heard.contains("second") && feed.isCurrent());
    }

    @Test
    void a_topic_that_is_made_later_is_found() {
        feed.start();
        assertThat(feed.isCurrent()).isFalse();
        create(3);
        tell("first", System.currentTimeMillis());
        await().atMost(LONG).until(() -> heard.contains("first") && feed.isCurrent());
    }

    private void create(int partitions) {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", Servers.kafka().address()))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void tell(String key, long at) {
        try {
            producer.send(new ProducerRecord<>(topic, null, at, key, key.getBytes(UTF_8)))
                    .get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
