package dev.breakwater.order.flashsale;

import dev.breakwater.order.intake.QueuedOrder;
import dev.breakwater.platform.messaging.CurrentTrace;
import dev.breakwater.platform.messaging.Topics;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Writes an order that was let in to the intake's topic, and tells what is certain about it. */
@Component
class Writing {

    private static final Logger log = LoggerFactory.getLogger(Writing.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final KafkaTemplate<String, byte[]> kafka;
    private final CurrentTrace trace;

    Writing(KafkaTemplate<String, byte[]> kafka, CurrentTrace trace) {
        this.kafka = kafka;
        this.trace = trace;
    }

    enum Outcome {
        /** All replicas have it. */
        WRITTEN,
        /** It never left this process. */
        NOT_WRITTEN,
        /** It may be there, or still arrive. */
        UNKNOWN
    }

    /** @param written told when it is there, also when that is later than anybody waits for */
    Outcome write(QueuedOrder order, Consumer<QueuedOrder> written) {
        try {
            // Asked before anything is handed over: without it nothing can have been sent.
            kafka.partitionsFor(Topics.ORDER_INTAKE);
        } catch (KafkaException | org.apache.kafka.common.KafkaException e) {
            log.warn("order not written cause={}", e.toString());
            return Outcome.NOT_WRITTEN;
        }
        try {
            // One order has one message id, however often it is written.
            var sent = kafka.send(order.toMessage(trace.traceparent()).toRecord(order.orderId()));
            sent.thenAccept(result -> written.accept(order));
            sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return Outcome.WRITTEN;
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            var cause = NestedExceptionUtils.getMostSpecificCause(e);
            log.warn("order not acknowledged cause={}", cause.toString());
            return cause instanceof BufferExhaustedException ? Outcome.NOT_WRITTEN : Outcome.UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.UNKNOWN;
        }
    }
}
