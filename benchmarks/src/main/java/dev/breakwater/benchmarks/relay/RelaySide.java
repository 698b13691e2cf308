package dev.breakwater.benchmarks.relay;

import dev.breakwater.benchmarks.Round;
import dev.breakwater.benchmarks.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores messages, and measures from their commit until the outbox is empty. Both sides are given the same number, what
 * the slower ones need about the length of a round for.
 */
final class RelaySide implements Side {

    private static final int ROWS_PER_MILLISECOND_OF_A_ROUND = 4;
    /** A look costs the database something, for deleted rows stay in the index for a while. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final RelayKafka kafka;
    private final OutboxUnderTest outbox;
    private long stored;

    RelaySide(RelayKafka kafka, OutboxUnderTest outbox) {
        this.kafka = kafka;
        this.outbox = outbox;
    }

    @Override
    public Round run(Duration length) throws Exception {
        var count = Math.toIntExact(length.toMillis() * ROWS_PER_MILLISECOND_OF_A_ROUND);
        outbox.store(OrderEvent.next(stored, count));
        stored += count;
        var started = System.nanoTime();
        outbox.commit();
        while (!outbox.isEmpty()) {
            if (System.nanoTime() - started > PATIENCE.toNanos()) {
                throw new IllegalStateException("the outbox is not empty after %s".formatted(PATIENCE));
            }
            Thread.sleep(LOOK_AGAIN);
        }
        return Round.inBulk(count, Duration.ofNanos(System.nanoTime() - started));
    }

    @Override
    public List<String> violations() throws Exception {
        var violations = new ArrayList<String>();
        var sent = kafka.count();
        if (sent != stored) {
            violations.add("%d messages were stored and %d sent".formatted(stored, sent));
        }
        if (outbox.keepsOrder()) {
            var overtaken = kafka.overtaken();
            if (overtaken > 0) {
                violations.add("%d messages were overtaken by a later one of their key".formatted(overtaken));
            }
        }
        return violations;
    }

    @Override
    public void close() {
        outbox.close();
        kafka.close();
    }
}
