package dev.breakwater.inventory.reservations;

import dev.breakwater.benchmarks.ClosedLoop;
import dev.breakwater.benchmarks.Database;
import dev.breakwater.benchmarks.Round;
import dev.breakwater.benchmarks.Side;
import dev.breakwater.inventory.reservations.StockCommand.Line;
import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.MessagingParts;
import dev.breakwater.platform.messaging.Outbox;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.DatabaseTime;
import dev.breakwater.platform.persistence.Figures;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What everybody writes: a transaction a command, around {@code UPDATE … WHERE available >= ?}. The update comes as
 * late as the ledger's need of its result allows, which keeps the row's lock short; the rows are the same.
 */
final class ReservingOneByOne implements Side {

    private final int callers;
    private final Reserving reserving;
    private final Outbox outbox;
    private final Figures figures;
    private final Clock clock = Clock.systemUTC();
    private final AtomicLong answered = new AtomicLong();

    ReservingOneByOne(int products, int callers, int connections) {
        this.callers = callers;
        reserving = new Reserving(products, Database.freshWithoutAutoCommit(connections, Reserving.MIGRATIONS));
        outbox = MessagingParts.outbox(reserving.jdbc);
        figures = new Figures(reserving.jdbc);
    }

    @Override
    public Round run(Duration length) throws Exception {
        return new ClosedLoop(callers).run(length, () -> {
            var message = Message.of(reserving.command());
            if (CommandMessages.decode(message).orElseThrow() instanceof StockCommand.Reserve reserve) {
                reserving.transactions.write(() -> reserve(message, reserve));
                answered.incrementAndGet();
            }
        });
    }

    private void reserve(Message message, StockCommand.Reserve reserve) {
        var jdbc = reserving.jdbc;
        var now = DatabaseTime.of(clock.instant());
        var orderId = BinaryUuid.toBytes(reserve.orderId());
        jdbc.update("INSERT INTO inbox (event_id, received_at) VALUES (?, ?)", BinaryUuid.toBytes(message.id()), now);
        jdbc.update("""
                INSERT INTO reservations (order_id, status, missing_sku, created_at, updated_at)
                VALUES (?, 'RESERVED', NULL, ?, ?)
                """, orderId, now, now);
        for (var line : reserve.lines()) {
            jdbc.update(
                    "INSERT INTO reservation_lines (order_id, sku, quantity) VALUES (?, ?, ?)",
                    orderId,
                    line.sku().value(),
                    line.quantity());
        }
        outbox.append(AnswerMessages.of(new Answer.StockReserved(reserve.orderId()), message));
        // The counter's slot is locked for longer so, and the hot row, for which everybody waits, is not.
        figures.add(Map.of("reserved", (long)
                reserve.lines().stream().mapToInt(Line::quantity).sum()));
        for (var line : reserve.lines()) {
            take(line, reserve.orderId(), now);
        }
    }

    private void take(Line line, UUID orderId, String now) {
        var taken = reserving.jdbc.update("""
                UPDATE stock
                   SET reserved = reserved + ?, ledger_seq = ledger_seq + 1
                 WHERE sku = ? AND on_hand - reserved - set_aside >= ?
                """, line.quantity(), line.sku().value(), line.quantity());
        if (taken != 1) {
            throw new IllegalStateException("out of stock, which nobody expects here");
        }
        reserving.jdbc.update(
                """
                INSERT INTO stock_ledger
                       (sku, seq, kind, order_id, reason, on_hand_change, reserved_change, set_aside_change, sold_change,
                        on_hand, reserved, set_aside, sold, at)
                SELECT sku, ledger_seq, 'RESERVED', ?, NULL, 0, ?, 0, 0, on_hand, reserved, set_aside, sold, ?
                  FROM stock
                 WHERE sku = ?
                """,
                BinaryUuid.toBytes(orderId),
                line.quantity(),
                now,
                line.sku().value());
    }

    @Override
    public List<String> violations() {
        return ReservationTables.violations(reserving.jdbc, answered.get());
    }

    @Override
    public void close() {
        reserving.close();
    }
}
