package dev.breakwater.order.intake;

import dev.breakwater.platform.messaging.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Asks Kafka how far the intake's topic goes, and how far it was consumed. */
@Component
public class IntakeOffsets implements DisposableBean {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final SingletonSupplier<Admin> admin;

    IntakeOffsets(KafkaAdmin admin) {
        this.admin = SingletonSupplier.of(() -> Admin.create(admin.getConfigurationProperties()));
    }

    /** Where each partition ends now: whatever Kafka has acknowledged stands before that. */
    public Map<TopicPartition, Long> ends() throws NotAskedException {
        var partitions = new HashMap<TopicPartition, OffsetSpec>();
        for (var topic : asked(admin.obtain()
                        .describeTopics(List.of(Topics.ORDER_INTAKE))
                        .allTopicNames())
                .values()) {
            topic.partitions()
                    .forEach(partition -> partitions.put(
                            new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        var ends = new HashMap<TopicPartition, Long>();
        asked(admin.obtain().listOffsets(partitions).all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** The first offset of each partition that was not consumed; a partition of which nothing was is absent. */
    Map<TopicPartition, Long> committed() throws NotAskedException {
        var committed = new HashMap<TopicPartition, Long>();
        asked(admin.obtain().listConsumerGroupOffsets(Intake.GROUP).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null && partition.topic().equals(Topics.ORDER_INTAKE)) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    /** Whether everything before these offsets is in the ledger, or put aside. */
    public boolean isConsumed(Map<TopicPartition, Long> upTo) throws NotAskedException {
        var committed = committed();
        return upTo.entrySet().stream().allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private static <T> T asked(Future<T> question) throws NotAskedException {
        try {
            return question.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new NotAskedException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAskedException(e);
        }
    }

    @Override
    public void destroy() {
        var kafka = admin.get();
        if (kafka != null) {
            kafka.close(PATIENCE);
        }
    }
}
