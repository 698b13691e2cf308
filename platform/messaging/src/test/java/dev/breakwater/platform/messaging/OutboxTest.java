package dev.breakwater.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.messaging.MessagingApp.Counted;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TopicReader;
import dev.breakwater.platform.testing.WithServers;
import dev.breakwater.platform.testing.WithServers.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionTimedOutException;

@WithServers({Kind.MARIADB, Kind.KAFKA})
@SpringBootTest(classes = MessagingApp.class, properties = MessagingApp.CONFIGURATION)
@Timeout(120)
class OutboxTest {

    @Autowired
    private Outbox outbox;

    @Autowired
    private Transactions transactions;

    @Autowired
    private PlatformTransactionManager transactionManager;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

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

    private List<Integer> numbers(String key) {
        return firstDeliveries().getOrDefault(key, List.of());
    }

    /** What an inbox would let through: each event id once, at its first delivery. */
    private Map<String, List<Integer>> firstDeliveries() {
        var seen = new LinkedHashSet<String>();
        var numbers = new HashMap<String, List<Integer>>();
        for (var kafkaRecord : TopicReader.all(Topics.PAYMENT_COMMANDS)) {
            var message = Message.of(kafkaRecord);
            if (seen.add(message.id().toString())) {
                numbers.computeIfAbsent(message.key(), key -> new ArrayList<>())
                        .add(message.as(Counted.class).n());
            }
        }
        return numbers;
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
