package dev.breakwater.platform.messaging;

import dev.breakwater.platform.persistence.DatabaseTime;
import dev.breakwater.platform.persistence.MultiRowInsert;
import dev.breakwater.platform.persistence.UuidV7;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * The transactional outbox: a message is a row that commits, or does not, together with the change it tells of.
 *
 * <p>Rows are split into {@link #LANES} by the hash of their key. A lane has one relay at a time, so two relays cannot
 * send two messages of one key in the wrong order.
 */
public class Outbox {

    static final int LANES = 16;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final MultiRowInsert ROWS = MultiRowInsert.into(
            "outbox",
            "lane",
            "event_id",
            "topic",
            "record_key",
            "type",
            "version",
            "traceparent",
            "payload",
            "created_at");

    private final JdbcTemplate jdbc;
    private final UuidV7 ids;
    private final Clock clock;
    private final CurrentTrace trace;
    private final Runnable afterCommit;

    /** @param afterCommit called after each commit that left a message behind */
    Outbox(JdbcTemplate jdbc, UuidV7 ids, Clock clock, CurrentTrace trace, Runnable afterCommit) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
        this.trace = trace;
        this.afterCommit = afterCommit;
    }

    /** @throws IllegalStateException outside of a transaction */
    public void append(Outgoing message) {
        appendAll(List.of(message));
    }

    /**
     * Adds messages to the current transaction, in this order.
     *
     * @throws IllegalStateException outside of a transaction
     */
    public void appendAll(List<Outgoing> messages) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("an outbox without a transaction loses or invents messages");
        }
        if (messages.isEmpty()) {
            return;
        }
        var now = DatabaseTime.of(clock.instant());
        var current = trace.traceparent();
        ROWS.insert(
                jdbc,
                messages,
                (row, message) -> row.number(lane(message.key()))
                        .uuid(ids.next())
                        .text(message.topic())
                        .text(message.key())
                        .text(message.type())
                        .number(message.version())
                        .text(message.traceparent() == null ? current : message.traceparent())
                        .text(JSON.writeValueAsString(message.payload()))
                        .text(now));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                afterCommit.run();
            }
        });
    }

    static int lane(String key) {
        return Math.floorMod(key.hashCode(), LANES);
    }
}
