package dev.breakwater.inventory.reservations;

import dev.breakwater.benchmarks.ClosedLoop;
import dev.breakwater.benchmarks.Database;
import dev.breakwater.benchmarks.Round;
import dev.breakwater.benchmarks.Side;
import dev.breakwater.inventory.flashsales.SaleStocks;
import dev.breakwater.inventory.stock.StockParts;
import dev.breakwater.platform.messaging.MessageConsumer;
import dev.breakwater.platform.messaging.MessagingParts;
import dev.breakwater.platform.persistence.Figures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Consumers take what waits, at most a poll's worth, and hand it to the listener's own code. */
final class BatchedReserving implements Side {

    /** {@code max-poll-records} of platform/messaging.yaml. */
    private static final int POLL = 500;

    private final int callers;
    private final Reserving reserving;
    private final MessageConsumer consumer;
    private final StockCommandHandler handler;
    private final LinkedBlockingQueue<Waiting> topic = new LinkedBlockingQueue<>();
    private final List<Thread> consumers = new ArrayList<>();
    private final AtomicLong answered = new AtomicLong();

    private record Waiting(ConsumerRecord<String, byte[]> command, CompletableFuture<Void> done) {}

    /** @param expectFrom from how many commands on a batch is written as expected before its stock is locked */
    BatchedReserving(int products, int callers, int connections, int expectFrom) {
        this.callers = callers;
        reserving = new Reserving(products, Database.fresh(connections, Reserving.MIGRATIONS));
        consumer = MessagingParts.consumer(reserving.jdbc, reserving.transactions);
        handler = new StockCommandHandler(
                new Reservations(reserving.jdbc, Clock.systemUTC()),
                new SaleStocks(reserving.jdbc),
                StockParts.ledger(reserving.jdbc),
                MessagingParts.outbox(reserving.jdbc),
                new Figures(reserving.jdbc),
                reserving.jdbc,
                new SimpleMeterRegistry(),
                expectFrom);
        for (var n = 0; n < connections; n++) {
            consumers.add(Thread.ofVirtual().start(this::consume));
        }
    }

    private void consume() {
        var polled = new ArrayList<Waiting>(POLL);
        while (!Thread.currentThread().isInterrupted()) {
            polled.clear();
            try {
                polled.add(topic.take());
            } catch (InterruptedException e) {
                return;
            }
            topic.drainTo(polled, POLL - 1);
            try {
                StockCommandListener.split(polled.stream().map(Waiting::command).toList())
                        .forEach(batch -> consumer.consume(batch, handler));
                polled.forEach(waiting -> waiting.done.complete(null));
            } catch (RuntimeException e) {
                polled.forEach(waiting -> waiting.done.completeExceptionally(e));
            }
        }
    }

    @Override
    public Round run(Duration length) throws Exception {
        return new ClosedLoop(callers).run(length, () -> {
            var waiting = new Waiting(reserving.command(), new CompletableFuture<>());
            topic.add(waiting);
            waiting.done.get();
            answered.incrementAndGet();
        });
    }

    @Override
    public List<String> violations() {
        return ReservationTables.violations(reserving.jdbc, answered.get());
    }

    @Override
    public void close() throws InterruptedException {
        for (var thread : consumers) {
            thread.interrupt();
            thread.join();
        }
        reserving.close();
    }
}
