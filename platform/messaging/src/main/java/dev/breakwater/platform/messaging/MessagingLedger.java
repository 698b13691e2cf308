package dev.breakwater.platform.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.function.SingletonSupplier;

/** Reads how much of a service's messaging is under way, for the audit. */
public class MessagingLedger implements DisposableBean {

    /** The group whose committed offsets say which dead letters were brought back. */
    static final String REPLAY_GROUP = "dead-letter-replay";

    private static final Logger log = LoggerFactory.getLogger(MessagingLedger.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final ObjectProvider<KafkaListenerEndpointRegistry> listeners;
    private final SingletonSupplier<Admin> admin;

    MessagingLedger(JdbcClient jdbc, ObjectProvider<KafkaListenerEndpointRegistry> listeners, KafkaAdmin admin) {
        this.jdbc = jdbc;
        this.listeners = listeners;
        this.admin = SingletonSupplier.of(() -> Admin.create(admin.getConfigurationProperties()));
    }

    /** Asks database and Kafka; takes at most a few seconds when Kafka is away. */
    public EventFigures read() {
        var pending = jdbc.sql("SELECT COUNT(*) FROM outbox").query(Long.class).single();
        try {
            return new EventFigures(pending, deadLetters(), lag());
        } catch (ExecutionException | TimeoutException e) {
            log.warn("kafka not asked cause={}", e.toString());
            return new EventFigures(pending, -1, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new EventFigures(pending, -1, -1);
        }
    }

    private long lag() throws ExecutionException, InterruptedException, TimeoutException {
        var sum = 0L;
        for (var group : topicsByGroup().entrySet()) {
            sum += behind(group.getKey(), group.getValue());
        }
        return sum;
    }

    private long deadLetters() throws ExecutionException, InterruptedException, TimeoutException {
        var topics = new HashSet<String>();
        topicsByGroup().values().forEach(topics::addAll);
        topics.retainAll(Topics.QUEUES);
        return behind(REPLAY_GROUP, topics.stream().map(Topics::deadLetters).collect(Collectors.toSet()));
    }

    private Map<String, Set<String>> topicsByGroup() {
        var groups = new HashMap<String, Set<String>>();
        for (var container : listeners.getObject().getListenerContainers()) {
            var topics = container.getContainerProperties().getTopics();
            if (topics != null && container.getGroupId() != null && !isBroadcast(container)) {
                groups.computeIfAbsent(container.getGroupId(), group -> new HashSet<>())
                        .addAll(Set.of(topics));
            }
        }
        return groups;
    }

    /**
     * A listener whose every instance hears everything from now on keeps no books of its own, so it cannot be behind.
     */
    private static boolean isBroadcast(MessageListenerContainer container) {
        return container.getListenerId().startsWith("broadcast-");
    }

    /** How many records of the topics the group has not committed. */
    private long behind(String group, Set<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (topics.isEmpty()) {
            return 0;
        }
        var kafka = admin.obtain();
        var ends = new HashMap<TopicPartition, OffsetSpec>();
        var starts = new HashMap<TopicPartition, OffsetSpec>();
        for (var topic : kafka.describeTopics(topics)
                .allTopicNames()
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .values()) {
            topic.partitions().forEach(partition -> {
                var key = new TopicPartition(topic.name(), partition.partition());
                ends.put(key, OffsetSpec.latest());
                starts.put(key, OffsetSpec.earliest());
            });
        }
        var committed = kafka.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        var first = kafka.listOffsets(starts).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        var end = kafka.listOffsets(ends).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        var sum = 0L;
        for (var last : end.entrySet()) {
            var offset = committed.get(last.getKey());
            var from = offset == null ? start(first, last.getKey()) : offset.offset();
            sum += Math.max(0, last.getValue().offset() - from);
        }
        return sum;
    }

    private static long start(Map<TopicPartition, ListOffsetsResultInfo> first, TopicPartition partition) {
        var start = first.get(partition);
        return start == null ? 0 : start.offset();
    }

    @Override
    public void destroy() {
        var kafka = admin.get();
        if (kafka != null) {
            kafka.close(PATIENCE);
        }
    }
}
