package dev.breakwater.payment.lifecycle;

import dev.breakwater.platform.persistence.BinaryUuid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The payments' rows. Locks are always taken in the order of the order ids. */
@Component
public class Payments {

    private static final String COLUMNS = """
            order_id, id, customer, amount_minor, currency, token, state, reason, refund_wanted,
            channel, begun_at, pinned, failures, due_at, lease, traceparent
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Channels channels;

    Payments(JdbcClient jdbc, JdbcTemplate batches, Channels channels) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.channels = channels;
    }

    public Optional<Payment> find(UUID orderId) {
        return jdbc.sql("SELECT %s FROM payments WHERE order_id = :id".formatted(COLUMNS))
                .param("id", BinaryUuid.toBytes(orderId))
                .query(Payments::payment)
                .optional();
    }

    Map<UUID, Payment> lock(Collection<UUID> orderIds) {
        Map<UUID, Payment> found = new HashMap<>();
        if (!orderIds.isEmpty()) {
            jdbc.sql("""
                    SELECT %s
                      FROM payments
                     WHERE order_id IN (:ids)
                     ORDER BY order_id
                       FOR UPDATE
                    """.formatted(COLUMNS))
                    .param(
                            "ids",
                            orderIds.stream()
                                    .distinct()
                                    .map(BinaryUuid::toBytes)
                                    .toList())
                    .query(Payments::payment)
                    .list()
                    .forEach(payment -> found.put(payment.orderId(), payment));
        }
        return found;
    }

    /** What is due at a channel: walks by_channel_due and passes by what another instance is working at. */
    List<Payment> lockDue(String channel, Instant now, int most) {
        return lockDue("next_channel = :channel", List.of(channel), now, most);
    }

    /** The same for what is due at none of these: at a channel that is no longer configured. */
    List<Payment> lockDueElsewhere(Collection<String> known, Instant now, int most) {
        return lockDue("(next_channel IS NULL OR next_channel NOT IN (:channel))", known, now, most);
    }

    private List<Payment> lockDue(String where, Collection<String> channel, Instant now, int most) {
        return jdbc.sql("""
                SELECT %s
                  FROM payments
                 WHERE %s
                   AND due_at <= :now
                 ORDER BY due_at
                 LIMIT :most
                   FOR UPDATE SKIP LOCKED
                """.formatted(COLUMNS, where))
                .param("channel", channel)
                .param("now", Timestamp.from(now))
                .param("most", most)
                .query(Payments::payment)
                .list();
    }

    void insert(List<Payment> payments, Instant now) {
        if (payments.isEmpty()) {
            return;
        }
        batches.batchUpdate(
                """
                INSERT INTO payments
                       (state, reason, refund_wanted, channel, begun_at, pinned, failures, due_at, next_channel,
                        lease, updated_at, order_id, id, customer, amount_minor, currency, token, traceparent, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                inOrder(payments)
                        .map(payment -> {
                            Demand demand = payment.demand();
                            return concat(standing(payment, now), new @Nullable Object[] {
                                BinaryUuid.toBytes(payment.orderId()),
                                BinaryUuid.toBytes(payment.id()),
                                demand == null ? null : demand.customer(),
                                demand == null ? null : demand.amountMinor(),
                                demand == null ? null : demand.currency(),
                                demand == null ? null : demand.token(),
                                payment.traceparent(),
                                Timestamp.from(now)
                            });
                        })
                        .toList());
    }

    void update(List<Payment> payments, Instant now) {
        if (payments.isEmpty()) {
            return;
        }
        batches.batchUpdate(
                """
                UPDATE payments
                   SET state = ?, reason = ?, refund_wanted = ?, channel = ?, begun_at = ?, pinned = ?,
                       failures = ?, due_at = ?, next_channel = ?, lease = ?, updated_at = ?
                 WHERE order_id = ?
                """,
                inOrder(payments)
                        .map(payment -> concat(
                                standing(payment, now), new @Nullable Object[] {BinaryUuid.toBytes(payment.orderId())}))
                        .toList());
    }

    private static Stream<Payment> inOrder(List<Payment> payments) {
        return payments.stream()
                .sorted(Comparator.comparing(payment -> payment.orderId().toString()));
    }

    private @Nullable Object[] standing(Payment payment, Instant now) {
        Attempt attempt = payment.attempt();
        Task task = payment.task();
        return new @Nullable Object[] {
            payment.state().name(),
            payment.reason(),
            payment.refundWanted(),
            attempt == null ? null : attempt.channel(),
            attempt == null ? null : Timestamp.from(attempt.begunAt()),
            payment.pinned(),
            task.failures(),
            task.dueAt() == null ? null : Timestamp.from(task.dueAt()),
            channels.due(payment),
            task.lease() == null ? null : BinaryUuid.toBytes(task.lease()),
            Timestamp.from(now)
        };
    }

    private static @Nullable Object[] concat(@Nullable Object[] first, @Nullable Object[] second) {
        @Nullable Object[] all = new @Nullable Object[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static Payment payment(ResultSet row, int number) throws SQLException {
        String customer = row.getString("customer");
        String channel = row.getString("channel");
        byte[] lease = row.getBytes("lease");
        Timestamp dueAt = row.getTimestamp("due_at");
        return new Payment(
                BinaryUuid.fromBytes(row.getBytes("order_id")),
                BinaryUuid.fromBytes(row.getBytes("id")),
                customer == null
                        ? null
                        : new Demand(
                                customer,
                                row.getLong("amount_minor"),
                                row.getString("currency"),
                                row.getString("token")),
                PaymentState.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getBoolean("refund_wanted"),
                channel == null
                        ? null
                        : new Attempt(channel, row.getTimestamp("begun_at").toInstant()),
                row.getBoolean("pinned"),
                new Task(
                        dueAt == null ? null : dueAt.toInstant(),
                        lease == null ? null : BinaryUuid.fromBytes(lease),
                        row.getInt("failures")),
                row.getString("traceparent"));
    }
}
