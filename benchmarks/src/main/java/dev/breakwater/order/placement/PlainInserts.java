package dev.breakwater.order.placement;

import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.DatabaseTime;
import dev.breakwater.platform.persistence.IdempotencyRecords.Name;
import dev.breakwater.platform.persistence.UuidV7;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** An order's rows as everybody writes them: a statement with parameters for each, the same rows as the service's. */
final class PlainInserts {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration DUE_AFTER = Duration.ofSeconds(30);

    private final JdbcTemplate jdbc;
    private final UuidV7 ids = new UuidV7();
    private final Clock clock = Clock.systemUTC();

    PlainInserts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Submission submission) {
        var now = clock.instant();
        var at = DatabaseTime.of(now);
        insert(submission.key(), submission.fingerprint(), submission.order().id(), at);
        var order = submission.order();
        var id = BinaryUuid.toBytes(order.id());
        var item = order.items().getFirst();
        jdbc.update(
                """
                INSERT INTO orders
                       (id, customer, status, state, reason, total_minor, currency, payment_type, payment_token,
                        created_at, confirmed_at, due_at)
                VALUES (?, ?, 'PENDING', 'RESERVING', NULL, ?, ?, ?, ?, ?, NULL, ?)
                """,
                id,
                order.customer(),
                item.quantity() * item.unitPriceMinor(),
                order.currency(),
                order.paymentMethod().type(),
                order.paymentMethod().token(),
                at,
                DatabaseTime.of(now.plus(DUE_AFTER)));
        jdbc.update(
                "INSERT INTO order_items (order_id, line, sku, quantity, unit_price_minor) VALUES (?, 0, ?, ?, ?)",
                id,
                item.sku(),
                item.quantity(),
                item.unitPriceMinor());
        jdbc.update("INSERT INTO order_timeline (order_id, status, at) VALUES (?, 'PENDING', ?)", id, at);
        var lines = List.of(Map.of("sku", item.sku(), "quantity", item.quantity()));
        jdbc.update(
                """
                INSERT INTO outbox (lane, event_id, topic, record_key, type, version, traceparent, payload, created_at)
                VALUES (?, ?, ?, ?, 'ReserveStock', 1, NULL, ?, ?)
                """,
                Math.floorMod(order.id().toString().hashCode(), 16),
                BinaryUuid.toBytes(ids.next()),
                Topics.INVENTORY_COMMANDS,
                order.id().toString(),
                JSON.writeValueAsBytes(Map.of("orderId", order.id(), "lines", lines)),
                at);
        jdbc.update("""
                INSERT INTO figures (slot, name, amount)
                VALUES (?, 'accepted', 1)
                    ON DUPLICATE KEY UPDATE amount = amount + 1
                """, ThreadLocalRandom.current().nextInt(16));
    }

    private void insert(Name key, byte[] fingerprint, UUID result, String at) {
        // The hash is the service's way to make the row small; made by the server here.
        jdbc.update(
                """
                INSERT INTO idempotency_keys
                       (name_hash, owner, scope, idempotency_key, fingerprint, result, created_at)
                VALUES (UNHEX(MD5(CONCAT_WS('\\n', ?, ?, ?))), ?, ?, ?, ?, ?, ?)
                """,
                key.owner(),
                key.scope(),
                key.key(),
                key.owner(),
                key.scope(),
                key.key(),
                fingerprint,
                result.toString(),
                at);
    }
}
