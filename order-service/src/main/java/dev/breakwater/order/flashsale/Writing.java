package dev.breakwater.order.flashsale;

import dev.breakwater.order.intake.IntakeIndex;
import dev.breakwater.order.intake.NotAskedException;
import dev.breakwater.order.intake.QueuedOrder;
import dev.breakwater.platform.messaging.CurrentTrace;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.remote.CallDeadline;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Writes an order that was let in to the intake's topic, and tells what is certain about it.
 *
 * <p>Its producer gives up when nobody waits for the order any more: what is written later than that was on its way.
 */
@Component
class Writing implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Writing.class);
    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(1);

    private final KafkaTemplate<String, byte[]> kafka;
    private final IntakeIndex index;
    private final CurrentTrace trace;
    /** A customer may wait for less than it takes, which says nothing about Kafka. */
    private final Duration suspicious;

    /** Until the first answer: nobody's place is to be the one that finds out. */
    private volatile boolean away = true;

    Writing(
            ProducerFactory<String, byte[]> producers,
            IntakeIndex index,
            CurrentTrace trace,
            FlashSaleProperties properties) {
        var within = Math.toIntExact(properties.writtenWithin().toMillis());
        kafka = new KafkaTemplate<>(
                producers,
                Map.of(
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "flash-sale-door",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        LONGEST_BLOCK.toMillis(),
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        within / 2,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        within));
        this.index = index;
        this.trace = trace;
        suspicious = properties.writtenWithin().dividedBy(2);
    }

    enum Outcome {
        /** All replicas have it. */
        WRITTEN,
        /** It never left this process. */
        NOT_WRITTEN,
        /** It may be there, or still arrive. */
        UNKNOWN
    }

    /** Whether Kafka did not take an order, and has not answered since: nobody is to take a place then. */
    boolean isAway() {
        return away;
    }

    /**
     * @param deadline after which it is not said any more that the order is written, though it may be
     * @param written told when it is there, also when that is later than anybody waits for
     */
    Outcome write(QueuedOrder order, CallDeadline deadline, Consumer<QueuedOrder> written) {
        if (deadline.hasPassed() || !isThere()) {
            return Outcome.NOT_WRITTEN;
        }
        var began = System.nanoTime();
        try {
            // One order has one message id, however often it is written.
            var sent = kafka.send(order.toMessage(trace.traceparent()).toRecord(order.orderId()));
            var told = sent.whenComplete((result, failed) -> {
                if (failed == null) {
                    written.accept(order);
                } else if (NestedExceptionUtils.getMostSpecificCause(failed) instanceof RetriableException) {
                    away = true;
                }
            });
            told.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
            return deadline.hasPassed() ? Outcome.UNKNOWN : Outcome.WRITTEN;
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            var cause = NestedExceptionUtils.getMostSpecificCause(e);
            log.warn("order not acknowledged cause={}", cause.toString());
            if (System.nanoTime() - began >= suspicious.toNanos()) {
                away = true;
            }
            return cause instanceof BufferExhaustedException ? Outcome.NOT_WRITTEN : Outcome.UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.UNKNOWN;
        }
    }

    /** Asked before anything is handed over: without it nothing can have been sent. */
    private boolean isThere() {
        try {
            kafka.partitionsFor(Topics.ORDER_INTAKE);
            return true;
        } catch (KafkaException | org.apache.kafka.common.KafkaException e) {
            log.warn("order not written cause={}", e.toString());
            away = true;
            return false;
        }
    }

    @Scheduled(fixedDelay = 250, scheduler = FlashSaleConfiguration.TASKS)
    void askAgain() {
        if (away) {
            try {
                index.catchUp();
                kafka.partitionsFor(Topics.ORDER_INTAKE);
                away = false;
            } catch (KafkaException | org.apache.kafka.common.KafkaException e) {
                log.debug("kafka is still away cause={}", e.toString());
            } catch (NotAskedException e) {
                log.debug("kafka is still away cause={}", String.valueOf(e.getCause()));
            }
        }
    }

    @Override
    public void destroy() {
        kafka.destroy();
    }
}
