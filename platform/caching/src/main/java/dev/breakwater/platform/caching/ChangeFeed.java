package dev.breakwater.platform.caching;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Reads a topic in every instance: all of its partitions, without a group, from a while ago on. A change that was told
 * while this instance was not there yet, or could not hear, is heard all the same.
 *
 * <p>It knows whether it has heard all: every second it asks where the topic ends, and it is current as of that moment
 * when it has read as far.
 */
public final class ChangeFeed implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ChangeFeed.class);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ASK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration STOPPING = Duration.ofSeconds(5);

    /** Takes what was heard, in the order of each key. */
    @FunctionalInterface
    public interface Listener {
        void heard(List<ConsumerRecord<String, byte[]>> records);
    }

    private final ConsumerFactory<String, byte[]> consumers;
    private final String topic;
    private final Duration back;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final CountDownLatch firstCurrent = new CountDownLatch(1);

    private volatile boolean running;
    private volatile CountDownLatch stopped = new CountDownLatch(1);
    private volatile long currentAsOf = System.nanoTime() - Duration.ofDays(1).toNanos();
    private @Nullable Thread thread;
    private volatile @Nullable Consumer<String, byte[]> consumer;

    /** @param back how old a change can be and still matter */
    public ChangeFeed(ConsumerFactory<String, byte[]> consumers, String topic, Duration back) {
        this.consumers = consumers;
        this.topic = topic;
        this.back = back;
    }

    /** Before the feed is started. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Whether every change of up to three seconds ago has been heard. */
    public boolean isCurrent() {
        return System.nanoTime() - currentAsOf < ASK.plus(PATIENCE).toNanos();
    }

    /** Waits until it has been current once; false if that takes longer. */
    public boolean awaitCurrent(Duration longest) throws InterruptedException {
        return firstCurrent.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void start() {
        running = true;
        stopped = new CountDownLatch(1);
        thread = Thread.ofPlatform().name("changes-" + topic).daemon().start(this::readForever);
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
                thread.join(STOPPING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void readForever() {
        while (running) {
            try (var opened = consumers.createConsumer(null, null)) {
                consumer = opened;
                new Reading(opened).run();
            } catch (WakeupException | InterruptException e) {
                log.debug("stopped reading topic={}", topic);
            } catch (KafkaException | IllegalStateException e) {
                log.warn("changes not heard topic={} cause={}", topic, e.toString());
                pause();
            } finally {
                consumer = null;
            }
        }
    }

    private void pause() {
        try {
            // Until it is stopped, or for a second.
            if (stopped.await(1, TimeUnit.SECONDS)) {
                log.debug("stopped while not hearing topic={}", topic);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    /** One consumer's life. */
    private final class Reading {

        private final Consumer<String, byte[]> from;
        private final List<TopicPartition> partitions;
        private Map<TopicPartition, Long> ends = Map.of();
        private long asked;

        Reading(Consumer<String, byte[]> from) {
            this.from = from;
            partitions = from.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
        }

        void run() {
            if (partitions.isEmpty()) {
                throw new IllegalStateException("there is no such topic yet");
            }
            from.assign(partitions);
            ask();
            seek();
            while (running) {
                var records = from.poll(POLL);
                if (!records.isEmpty()) {
                    var heard = new ArrayList<ConsumerRecord<String, byte[]>>(records.count());
                    records.forEach(heard::add);
                    listeners.forEach(listener -> tell(listener, heard));
                    partitions.forEach(partition -> positions.put(partition, from.position(partition)));
                }
                judge();
            }
        }

        private void tell(Listener listener, List<ConsumerRecord<String, byte[]>> heard) {
            try {
                listener.heard(heard);
            } catch (RuntimeException e) {
                // The next changes must be heard all the same.
                log.error("changes not understood topic={}", topic, e);
            }
        }

        /** A consumer that comes after another one goes on where that one was, however long ago. */
        private void seek() {
            var oldest = System.currentTimeMillis() - back.toMillis();
            var times = new HashMap<TopicPartition, Long>();
            partitions.forEach(partition -> times.put(partition, oldest));
            var offsets = from.offsetsForTimes(times);
            for (var partition : partitions) {
                var since = offsets.get(partition);
                // Where nothing is that young, what comes after the end that was asked for before is younger.
                var young = since == null ? ends.getOrDefault(partition, 0L) : since.offset();
                from.seek(partition, positions.getOrDefault(partition, young));
            }
        }

        private void ask() {
            asked = System.nanoTime();
            ends = from.endOffsets(partitions, PATIENCE);
        }

        private void judge() {
            if (partitions.stream()
                    .allMatch(partition -> from.position(partition) >= ends.getOrDefault(partition, 0L))) {
                currentAsOf = asked;
                firstCurrent.countDown();
                if (System.nanoTime() - asked >= ASK.toNanos()) {
                    ask();
                }
            }
        }
    }
}
