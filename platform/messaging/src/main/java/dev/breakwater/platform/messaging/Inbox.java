package dev.breakwater.platform.messaging;

import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.DatabaseTime;
import dev.breakwater.platform.persistence.Literals;
import dev.breakwater.platform.persistence.MultiRowInsert;
import dev.breakwater.platform.persistence.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Remembers which messages took effect, in the transaction of the effect. */
class Inbox {

    /** Longer than Kafka keeps a record that could be delivered again. */
    private static final Duration KEPT = Duration.ofDays(8);

    private static final MultiRowInsert ROWS = MultiRowInsert.into("inbox", "event_id", "received_at");

    private final JdbcTemplate jdbc;
    private final Clock clock;

    Inbox(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Notes the messages as received and returns those that had not been, in their order. Hardly any has, so they are
     * inserted as if none had, and asked about only when the primary key says otherwise. Ids go in sorted, so that two
     * batches with the same ones wait for each other instead of deadlocking.
     *
     * @throws CannotAcquireLockException when another transaction took in one of them meanwhile: repeat the whole
     *     transaction, it will then be known
     */
    List<Message> admit(List<Message> messages) {
        var byId = new LinkedHashMap<UUID, Message>();
        messages.forEach(message -> byId.putIfAbsent(message.id(), message));
        try {
            insert(byId.keySet());
        } catch (DuplicateKeyException known) {
            known(byId.keySet()).forEach(byId::remove);
            Transactions.repeatOnDuplicate(
                    "a message was received twice at the same moment", () -> insert(byId.keySet()));
        }
        return List.copyOf(byId.values());
    }

    private void insert(Set<UUID> ids) {
        var now = DatabaseTime.of(clock.instant());
        ROWS.insert(
                jdbc,
                ids.stream().sorted(BinaryUuid.ORDER).toList(),
                (row, id) -> row.uuid(id).text(now));
    }

    /** Forgets the oldest entries past their time; returns how many. */
    int forgetExpired(int atMost) {
        return jdbc.update(
                "DELETE FROM inbox WHERE received_at < ? ORDER BY received_at LIMIT ?",
                DatabaseTime.of(clock.instant().minus(KEPT)),
                atMost);
    }

    private Set<UUID> known(Set<UUID> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        // Walks the primary key.
        var query = new Literals()
                .sql("SELECT event_id FROM inbox FORCE INDEX (PRIMARY) WHERE event_id IN (")
                .uuids(ids)
                .sql(")");
        return new HashSet<>(jdbc.query(query.toString(), (row, n) -> BinaryUuid.fromBytes(row.getBytes(1))));
    }
}
