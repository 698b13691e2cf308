package dev.breakwater.platform.messaging;

import dev.breakwater.platform.persistence.DatabaseFaults;
import dev.breakwater.platform.persistence.Transactions;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.TransactionTimedOutException;

/**
 * Handles a batch of records in one transaction: database first, Kafka's offsets after it.
 *
 * <p>One bad record must not fail, block or reorder its neighbours. When a batch fails for a reason of its own making,
 * each record is handled alone, in order, and those that fail again go to the dead letters with their cause; later
 * records of the same key are handled as they come, for every handler takes messages in any order. When the reason is
 * the database's (away, overloaded), the exception goes to the container, which repeats the batch without end.
 */
public class MessageConsumer {

    private static final Logger log = LoggerFactory.getLogger(MessageConsumer.class);

    private final Transactions transactions;
    private final Inbox inbox;
    private final DeadLetterSender deadLetters;

    MessageConsumer(Transactions transactions, Inbox inbox, DeadLetterSender deadLetters) {
        this.transactions = transactions;
        this.inbox = inbox;
        this.deadLetters = deadLetters;
    }

    private record Received(ConsumerRecord<String, byte[]> kafkaRecord, Message message) {}

    /** Returns when every record has taken effect, was known already, or is among the dead letters. */
    public void consume(List<ConsumerRecord<String, byte[]>> records, MessageHandler handler) {
        var batch = new ArrayList<Received>(records.size());
        for (var kafkaRecord : records) {
            try {
                batch.add(new Received(kafkaRecord, Message.of(kafkaRecord)));
            } catch (InvalidMessageException e) {
                deadLetters.send(kafkaRecord, e);
            }
        }
        if (!batch.isEmpty()) {
            handle(batch, handler);
        }
    }

    private void handle(List<Received> batch, MessageHandler handler) {
        try {
            transactions.write(() -> {
                var fresh = inbox.admit(batch.stream().map(Received::message).toList());
                if (!fresh.isEmpty()) {
                    handler.handle(fresh);
                }
            });
        } catch (TransactionTimedOutException | QueryTimeoutException e) {
            if (batch.size() == 1) {
                throw e;
            }
            // The same batch would outlast its time again, so repeating it could go on for ever.
            log.warn("batch handled in halves size={} cause={}", batch.size(), e.toString());
            var half = batch.size() / 2;
            handle(batch.subList(0, half), handler);
            handle(batch.subList(half, batch.size()), handler);
        } catch (RuntimeException e) {
            if (DatabaseFaults.isPassing(e)) {
                throw e;
            }
            if (batch.size() > 1) {
                log.warn("batch handled one by one size={} cause={}", batch.size(), e.toString());
                batch.forEach(one -> handle(List.of(one), handler));
            } else {
                deadLetters.send(batch.getFirst().kafkaRecord, e);
            }
        }
    }
}
