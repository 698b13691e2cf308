package dev.breakwater.order.watching;

import dev.breakwater.order.saga.MovedOrders;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells every instance which orders have another status, after the commit and without making anybody wait. What gets
 * lost, with the process, with Kafka or because too much waits here, the watchers' next look at the ledger makes up
 * for.
 */
@Component
class News implements MovedOrders, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(News.class);
    private static final int MOST_WAITING = 1_000;

    private final KafkaTemplate<String, byte[]> kafka;
    private final BlockingQueue<OrdersMoved> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile boolean running;

    News(KafkaTemplate<String, byte[]> kafka) {
        this.kafka = kafka;
    }

    @Override
    public void moved(Collection<UUID> orderIds) {
        if (orderIds.isEmpty()) {
            return;
        }
        var told = new OrdersMoved(List.copyOf(orderIds));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                if (!waiting.offer(told)) {
                    log.debug("news dropped orders={}", told.orderIds().size());
                }
            }
        });
    }

    private void tellForever() {
        while (running) {
            try {
                var told = waiting.poll(1, TimeUnit.SECONDS);
                if (told != null) {
                    kafka.send(told.toRecord());
                }
            } catch (KafkaException e) {
                log.debug("news not sent cause={}", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("order-news").start(this::tellForever);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
