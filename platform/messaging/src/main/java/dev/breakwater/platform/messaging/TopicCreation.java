package dev.breakwater.platform.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Makes the topics that are missing before the listeners start; with Kafka away, the service starts and this goes on
 * trying.
 */
class TopicCreation implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicCreation.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    /** Old news is no news. */
    private static final Duration KEPT_NEWS = Duration.ofMinutes(10);

    private volatile boolean started;

    private final KafkaAdmin admin;
    private final NewTopic[] topics;
    private final CountDownLatch stopped = new CountDownLatch(1);

    TopicCreation(KafkaAdmin admin, MessagingProperties properties) {
        this.admin = admin;
        var all = new ArrayList<NewTopic>();
        for (var queue : Topics.QUEUES) {
            for (var name : List.of(queue, Topics.deadLetters(queue))) {
                all.add(topic(name, properties).build());
            }
        }
        all.add(topic(Topics.INVENTORY_PRODUCTS, properties)
                .config(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                .build());
        all.add(topic(Topics.ORDER_NEWS, properties)
                .config(TopicConfig.RETENTION_MS_CONFIG, Long.toString(KEPT_NEWS.toMillis()))
                .build());
        this.topics = all.toArray(NewTopic[]::new);
    }

    private static TopicBuilder topic(String name, MessagingProperties properties) {
        return TopicBuilder.name(name).partitions(properties.partitions()).replicas(properties.replicationFactor());
    }

    @Override
    public void start() {
        started = true;
        if (!create()) {
            Thread.ofVirtual().name("topic-creation").start(this::createLater);
        }
    }

    private void createLater() {
        try {
            while (!stopped.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS) && !create()) {
                log.debug("topics tried again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean create() {
        try {
            admin.createOrModifyTopics(topics);
            return true;
        } catch (KafkaException e) {
            log.warn("topics not made yet cause={}", e.toString());
            return false;
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return started && stopped.getCount() > 0;
    }

    /** Before the relay and the listeners. */
    @Override
    public int getPhase() {
        return -1;
    }
}
