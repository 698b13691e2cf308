package dev.breakwater.platform.messaging;

import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.Transactions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.TransactionException;

/**
 * Publishes what the outbox holds: reads committed rows of its lanes in order, sends them in one go, deletes what Kafka
 * has acknowledged.
 *
 * <p>It keeps no mark of how far it came. A row whose id was taken early but committed late is simply found by the next
 * read, and a kill between acknowledgement and deletion repeats messages instead of losing them.
 */
class Relay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    /** Rows a lane and a round: fair to all lanes, and one round is about one Kafka request a partition. */
    private static final int ROWS_PER_LANE = 64;
    /** How long a message of another instance in one of our lanes waits to be noticed. */
    private static final Duration IDLE_WAIT = Duration.ofMillis(25);

    private static final Duration RENEWAL = Duration.ofMillis(1_500);
    private static final Duration BACK_OFF = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final JdbcTemplate jdbc;
    private final KafkaTemplate<String, byte[]> kafka;
    private final Transactions transactions;
    private final LaneLeases leases;
    private final Semaphore wakeUps = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();

    private volatile CountDownLatch stopped = new CountDownLatch(0);

    private record Row(long id, ProducerRecord<String, byte[]> kafkaRecord) {}

    Relay(JdbcTemplate jdbc, KafkaTemplate<String, byte[]> kafka, Transactions transactions) {
        this.jdbc = jdbc;
        this.kafka = kafka;
        this.transactions = transactions;
        this.leases = new LaneLeases(jdbc, transactions);
    }

    /** There may be something to send. Cheap, callable from any thread. */
    void wake() {
        wakeUps.release();
    }

    @Override
    public void start() {
        stopped = new CountDownLatch(1);
        threads.add(Thread.ofVirtual().name("outbox-leases").start(this::keepLeases));
        threads.add(Thread.ofVirtual().name("outbox-relay").start(this::publishForever));
    }

    @Override
    public void stop() {
        stopped.countDown();
        wake();
        for (var thread : threads) {
            try {
                thread.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
        try {
            leases.release();
        } catch (DataAccessException | TransactionException e) {
            log.warn("leases not released, they run out by themselves cause={}", e.toString());
        }
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    /** Stops after the listeners and the web server, whose last transactions it still publishes. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void keepLeases() {
        while (isRunning()) {
            try {
                leases.renew();
            } catch (DataAccessException | TransactionException e) {
                log.warn("leases not renewed cause={}", e.toString());
            }
            pause(RENEWAL);
        }
    }

    private void publishForever() {
        while (isRunning()) {
            try {
                if (publishOnce() == 0) {
                    awaitWork();
                }
            } catch (DataAccessException | TransactionException | KafkaException | ExecutionException e) {
                log.warn(
                        "relay waits cause={}",
                        NestedExceptionUtils.getMostSpecificCause(e).toString());
                pause(BACK_OFF);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void awaitWork() throws InterruptedException {
        if (wakeUps.tryAcquire(IDLE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }

    /** @return how many rows were sent and deleted */
    private int publishOnce() throws ExecutionException, InterruptedException {
        var lanes = leases.lanes();
        var rows = lanes.isEmpty() || isOutboxEmpty() ? List.<Row>of() : read(lanes);
        if (rows.isEmpty()) {
            return 0;
        }
        var sent = new ArrayList<Future<?>>(rows.size());
        for (var row : rows) {
            sent.add(kafka.send(row.kafkaRecord));
        }
        kafka.flush();
        var acknowledged = new ArrayList<Long>(rows.size());
        ExecutionException failure = null;
        for (var i = 0; i < rows.size(); i++) {
            try {
                sent.get(i).get();
                acknowledged.add(rows.get(i).id);
            } catch (ExecutionException e) {
                failure = e;
            }
        }
        delete(acknowledged);
        if (failure != null) {
            throw failure;
        }
        return rows.size();
    }

    /** What an idle relay asks forty times a second has to be cheap. */
    private boolean isOutboxEmpty() {
        return jdbc.query("SELECT 1 FROM outbox LIMIT 1", (row, n) -> 1).isEmpty();
    }

    private List<Row> read(List<Integer> lanes) {
        // One range of the primary key (lane, id) for each lane.
        var union = lanes.stream()
                .map(lane -> """
                        (SELECT id, event_id, topic, record_key, type, version, traceparent, payload
                           FROM outbox
                          WHERE lane = %d
                          ORDER BY id
                          LIMIT %d)
                        """.formatted(lane, ROWS_PER_LANE))
                .collect(Collectors.joining(" UNION ALL "));
        return jdbc.query(union, (row, n) -> {
            var kafkaRecord = new ProducerRecord<String, byte[]>(
                    row.getString("topic"), row.getString("record_key"), row.getBytes("payload"));
            var id = BinaryUuid.fromBytes(row.getBytes("event_id"));
            header(kafkaRecord, Headers.EVENT_ID, id.toString());
            header(kafkaRecord, Headers.TYPE, row.getString("type"));
            header(kafkaRecord, Headers.VERSION, row.getString("version"));
            var traceparent = row.getString("traceparent");
            if (traceparent != null) {
                header(kafkaRecord, Headers.TRACEPARENT, traceparent);
            }
            return new Row(row.getLong("id"), kafkaRecord);
        });
    }

    private void delete(List<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        // Walks the unique key on id, in its order: when a lane changes hands, two relays may delete the same rows.
        // Whoever owns the lane by now: what was acknowledged need not be sent again.
        var sorted = ids.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
        transactions.write(() -> {
            jdbc.update("DELETE o FROM outbox AS o FORCE INDEX (by_id) WHERE o.id IN (" + sorted + ")");
        });
    }

    private static void header(ProducerRecord<String, byte[]> kafkaRecord, String name, String value) {
        kafkaRecord.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits, but not for longer than until the stop. */
    private void pause(Duration duration) {
        try {
            if (stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("pause ended by the stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }
}
