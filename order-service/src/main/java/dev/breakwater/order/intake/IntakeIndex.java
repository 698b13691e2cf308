package dev.breakwater.order.intake;

import dev.breakwater.platform.messaging.InvalidMessageException;
import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * What every instance knows of the orders that wait to be written: it reads the whole topic, without a group, from
 * where the intake has come to. So an order is known everywhere from the moment of its 202, however far the database is
 * behind.
 */
@Component
public class IntakeIndex implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(IntakeIndex.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration FORGET = Duration.ofMillis(500);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final ConsumerFactory<String, byte[]> consumers;
    private final IntakeOffsets offsets;
    private final Waiting waiting = new Waiting();
    private final Progress progress;

    private volatile boolean running;
    private volatile CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private @Nullable Thread thread;

    IntakeIndex(ConsumerFactory<String, byte[]> consumers, IntakeOffsets offsets, MeterRegistry meters) {
        this.consumers = consumers;
        this.offsets = offsets;
        progress = new Progress(offsets::ends);
        Gauge.builder("flash.sale.queue", waiting, Waiting::size)
                .description("Orders that flash sales let in and that wait to be written")
                .register(meters);
    }

    /** Of what this instance has read. */
    public Optional<QueuedOrder> find(UUID orderId) {
        return waiting.find(orderId);
    }

    public Collection<QueuedOrder> ofCustomer(String customer) {
        return waiting.ofCustomer(customer);
    }

    public Collection<QueuedOrder> all() {
        return waiting.all();
    }

    /**
     * Returns when everything has been read that was in the topic when it was called.
     *
     * @throws NotAskedException when that does not come to pass soon
     */
    public void catchUp() throws NotAskedException {
        progress.catchUp();
    }

    @Override
    public void start() {
        running = true;
        stopped = new CountDownLatch(1);
        thread = Thread.ofPlatform().name("intake-index").daemon().start(this::readForever);
    }

    @Override
    public void stop() {
        running = false;
        stopped.countDown();
        var current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            if (thread != null) {
                thread.join(AGAIN.multipliedBy(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the topics are made; before the web server starts, and until it has stopped. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void readForever() {
        while (running) {
            try (var opened = consumers.createConsumer(null, null)) {
                consumer = opened;
                read(opened);
            } catch (WakeupException | InterruptException e) {
                log.debug("intake's topic not read any more");
            } catch (RuntimeException | NotAskedException e) {
                // Whatever it was, an index that stands still would answer 503 for ever.
                log.warn("intake's topic not read cause={}", e.toString());
                pause();
            } finally {
                consumer = null;
            }
        }
    }

    private void read(Consumer<String, byte[]> from) throws NotAskedException {
        var partitions = from.partitionsFor(Topics.ORDER_INTAKE).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("there is no such topic yet");
        }
        from.assign(partitions);
        var committed = offsets.committed();
        for (var partition : partitions) {
            var read = progress.next(partition);
            var next = read.isPresent() ? read.get() : committed.get(partition);
            if (next == null) {
                from.seekToBeginning(List.of(partition));
            } else {
                from.seek(partition, next);
            }
        }
        var forgot = System.nanoTime();
        while (running) {
            from.poll(POLL).forEach(this::take);
            partitions.forEach(partition -> progress.reached(partition, from.position(partition)));
            if (waiting.size() > 0 && System.nanoTime() - forgot > FORGET.toNanos()) {
                forgot = System.nanoTime();
                forgetWritten();
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> kafkaRecord) {
        try {
            var message = Message.of(kafkaRecord);
            if (message.type().equals(QueuedOrder.TYPE)) {
                waiting.add(
                        new TopicPartition(kafkaRecord.topic(), kafkaRecord.partition()),
                        kafkaRecord.offset(),
                        message.as(QueuedOrder.class));
            }
        } catch (InvalidMessageException e) {
            // The intake puts it aside; it never becomes an order.
            log.error("intake record skipped offset={} cause={}", kafkaRecord.offset(), e.toString());
        }
    }

    private void forgetWritten() {
        try {
            waiting.forget(offsets.committed());
        } catch (NotAskedException e) {
            log.debug("written orders not forgotten cause={}", e.toString());
        }
    }

    private void pause() {
        try {
            if (stopped.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("stopped while the intake's topic was not read");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
