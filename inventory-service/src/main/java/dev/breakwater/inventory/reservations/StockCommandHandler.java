package dev.breakwater.inventory.reservations;

import dev.breakwater.inventory.reservations.StockCommand.Line;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.inventory.stock.StockLedger;
import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.MessageHandler;
import dev.breakwater.platform.messaging.Outbox;
import dev.breakwater.platform.messaging.Outgoing;
import dev.breakwater.platform.persistence.Figures;
import dev.breakwater.platform.persistence.OneMessage;
import dev.breakwater.platform.persistence.Transactions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.stereotype.Component;

/**
 * Carries out a batch of stock commands in the transaction it is called in. Locks are taken in the order that the whole
 * service keeps: reservations by order id, stock by SKU, products by SKU, figures.
 */
@Component
class StockCommandHandler implements MessageHandler {

    private final Reservations reservations;
    private final StockLedger ledger;
    private final Outbox outbox;
    private final Figures figures;

    StockCommandHandler(Reservations reservations, StockLedger ledger, Outbox outbox, Figures figures) {
        this.reservations = reservations;
        this.ledger = ledger;
        this.outbox = outbox;
        this.figures = figures;
    }

    private record Received(Message message, StockCommand command) {}

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
        var stock = ledger.lock(skus(received, known.values()));
        var decisions = new Decisions(known, stock);
        var answers = new ArrayList<Outgoing>(received.size());
        for (var each : received) {
            answers.add(AnswerMessages.of(decisions.decide(each.command()), each.message()));
        }
        ledger.announce(stock);
        // While the hot rows are locked, one round trip and not six.
        Transactions.repeatOnDuplicate(
                "an order's stock was decided twice at the same moment",
                () -> OneMessage.together(() -> {
                    ledger.write(stock);
                    reservations.write(decisions.changed().values(), known.keySet());
                    outbox.appendAll(answers);
                    figures.add(stock.figures());
                }));
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
