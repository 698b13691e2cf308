package dev.breakwater.inventory.reservations;

import dev.breakwater.inventory.reservations.StockCommand.Line;
import dev.breakwater.inventory.stock.LockedStock;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.inventory.stock.StockLedger;
import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.MessageHandler;
import dev.breakwater.platform.messaging.Outbox;
import dev.breakwater.platform.messaging.Outgoing;
import dev.breakwater.platform.persistence.Figures;
import dev.breakwater.platform.persistence.OneMessage;
import dev.breakwater.platform.persistence.Savepoint;
import dev.breakwater.platform.persistence.Transactions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Carries out a batch of stock commands in the transaction it is called in. Locks are taken in the order that the whole
 * service keeps: reservations by order id, stock by SKU, products by SKU, figures.
 *
 * <p>What a large batch decides is nearly always known before its balances are locked: it is decided over the balances
 * of a moment ago and written, and under the lock it is decided again. Only when that comes out otherwise is it written
 * again. So a hot row is locked for the time of its ledger, and not for that of reservations and outbox too.
 */
@Component
class StockCommandHandler implements MessageHandler {

    /** In a smaller batch the two round trips more take longer than what they keep out of the lock. */
    private static final int LARGE = 32;

    private final Reservations reservations;
    private final StockLedger ledger;
    private final Outbox outbox;
    private final Figures figures;
    private final Savepoint beforeExpected;

    StockCommandHandler(
            Reservations reservations, StockLedger ledger, Outbox outbox, Figures figures, JdbcTemplate jdbc) {
        this.reservations = reservations;
        this.ledger = ledger;
        this.outbox = outbox;
        this.figures = figures;
        beforeExpected = new Savepoint(jdbc, "before_expected");
    }

    private record Received(Message message, StockCommand command) {}

    private record Decided(List<Outgoing> answers, Collection<Reservation> changed) {}

    /** @throws CannotAcquireLockException when another transaction was first with an order: repeated, it is known */
    @Override
    public void handle(List<Message> fresh) {
        // Everything is decoded before anything is locked: a bad one costs its neighbours nothing but a second try.
        var received = new ArrayList<Received>(fresh.size());
        for (var message : fresh) {
            CommandMessages.decode(message).ifPresent(command -> received.add(new Received(message, command)));
        }
        if (received.isEmpty()) {
            return;
        }
        var known = reservations.lock(
                received.stream().map(each -> each.command().orderId()).toList());
        var skus = skus(received, known.values());
        var written = received.size() < LARGE
                ? List.<Outgoing>of()
                : expect(received, known, LockedStock.of(ledger.balances(skus)));
        var stock = ledger.lock(skus);
        var decided = decide(received, known, stock);
        ledger.announce(stock);
        // While the hot rows are locked, one round trip and not six.
        together(() -> {
            if (!decided.answers.equals(written)) {
                if (!written.isEmpty()) {
                    beforeExpected.returnTo();
                }
                write(decided, known);
            }
            ledger.write(stock);
            figures.add(stock.figures());
        });
    }

    /** Writes, holding no stock, what would be decided now; returns the answers. */
    private List<Outgoing> expect(List<Received> received, Map<UUID, Reservation> known, LockedStock now) {
        var expected = decide(received, known, now);
        together(() -> {
            beforeExpected.set();
            write(expected, known);
        });
        return expected.answers;
    }

    private static Decided decide(List<Received> received, Map<UUID, Reservation> known, LockedStock stock) {
        var decisions = new Decisions(known, stock);
        var answers = received.stream()
                .map(each -> AnswerMessages.of(decisions.decide(each.command()), each.message()))
                .toList();
        return new Decided(answers, decisions.changed().values());
    }

    private void write(Decided decided, Map<UUID, Reservation> known) {
        reservations.write(decided.changed, known.keySet());
        outbox.appendAll(decided.answers);
    }

    private static void together(Runnable writes) {
        Transactions.repeatOnDuplicate(
                "an order's stock was decided twice at the same moment", () -> OneMessage.together(writes));
    }

    private static Set<Sku> skus(List<Received> received, Collection<Reservation> known) {
        var skus = new HashSet<Sku>();
        for (var each : received) {
            if (each.command() instanceof StockCommand.Reserve reserve) {
                reserve.lines().stream().map(Line::sku).forEach(skus::add);
            }
        }
        for (var reservation : known) {
            switch (reservation) {
                case Reservation.Reserved reserved ->
                    reserved.lines().stream().map(Line::sku).forEach(skus::add);
                case Reservation.Committed committed ->
                    committed.lines().stream().map(Line::sku).forEach(skus::add);
                case Reservation.Rejected rejected -> {}
                case Reservation.Released released -> {}
            }
        }
        return skus;
    }
}
