package dev.breakwater.benchmarks.relay;

import java.util.List;

/** An outbox whose relay is at work all the time, on a database of its own. */
public interface OutboxUnderTest extends AutoCloseable {

    /** Stores the messages in a transaction that stays open. */
    void store(List<OrderEvent> events);

    /** Commits that transaction; from here on the relay can see them. Called by the thread that stored. */
    void commit();

    /** Whether all that was stored was acknowledged by Kafka and is gone from the table. */
    boolean isEmpty();

    /** Whether messages of one key must arrive in the order in which they were stored. */
    boolean keepsOrder();

    @Override
    void close();
}
