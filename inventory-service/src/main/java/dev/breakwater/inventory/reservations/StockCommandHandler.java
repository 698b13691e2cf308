package dev.breakwater.inventory.reservations;

import dev.breakwater.inventory.flashsales.SaleStock;
import dev.breakwater.inventory.flashsales.SaleStocks;
import dev.breakwater.inventory.reservations.StockCommand.Line;
import dev.breakwater.inventory.stock.ExpectedStock;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.inventory.stock.Stock;
import dev.breakwater.inventory.stock.StockLedger;
import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.MessageHandler;
import dev.breakwater.platform.messaging.Outbox;
import dev.breakwater.platform.messaging.Outgoing;
import dev.breakwater.platform.persistence.Figures;
import dev.breakwater.platform.persistence.OneMessage;
import dev.breakwater.platform.persistence.Savepoint;
import dev.breakwater.platform.persistence.Transactions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Carries out a batch of stock commands in the transaction it is called in. Locks are taken in the order that the whole
 * service keeps: reservations by order id, sales, stock by SKU, products by SKU, figures.
 *
 * <p>What a large batch decides is nearly always known before its balances are locked: it is decided over the balances
 * of a moment ago and written, and under the lock it is decided again. Only when that comes out otherwise is it written
 * again. So a hot row is locked for the time of its ledger, and not for that of reservations and outbox too. A small
 * batch inserts its reservations after it has locked the stock; should two batches want the same new order at the same
 * moment, one of them is repeated.
 */
@Component
class StockCommandHandler implements MessageHandler {

    static final int EXPECT_FROM = 32;

    private final Reservations reservations;
    private final SaleStocks saleStocks;
    private final StockLedger ledger;
    private final Outbox outbox;
    private final Figures figures;
    private final Savepoint beforeExpected;
    private final int expectFrom;
    private final Counter met;
    private final Counter missed;

    /** @param expectFrom how many commands make a large batch */
    StockCommandHandler(
            Reservations reservations,
            SaleStocks saleStocks,
            StockLedger ledger,
            Outbox outbox,
            Figures figures,
            JdbcTemplate jdbc,
            MeterRegistry meters,
            @Value("${breakwater.inventory.expect-from:" + EXPECT_FROM + "}") int expectFrom) {
        this.reservations = reservations;
        this.saleStocks = saleStocks;
        this.ledger = ledger;
        this.outbox = outbox;
        this.figures = figures;
        this.expectFrom = expectFrom;
        beforeExpected = new Savepoint(jdbc, "before_expected");
        met = expectations(meters, "true");
        missed = expectations(meters, "false");
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
        var saleIds = saleIds(received, known.values());
        var sales = saleStocks.read(saleIds);
        var skus = skus(received, known.values());
        skus.addAll(sales.skus());
        var expected = received.size() < expectFrom ? null : writeExpected(received, known, skus, sales);
        var lockedSales = saleStocks.lock(saleIds);
        var stock = ledger.lock(skus);
        var decided = decide(received, known, stock, lockedSales);
        var written = expected != null && isMet(expected, decided);
        ledger.announce(stock);
        // While the hot rows are locked, one round trip.
        together(() -> {
            if (!written) {
                write(decided, known);
            }
            saleStocks.write(lockedSales);
            ledger.write(stock);
            figures.add(stock.figures());
        });
    }

    private Decided writeExpected(
            List<Received> received, Map<UUID, Reservation> known, Set<Sku> skus, SaleStock sales) {
        var expected = decide(received, known, new ExpectedStock(ledger.balances(skus)), sales);
        together(() -> {
            beforeExpected.set();
            write(expected, known);
        });
        return expected;
    }

    /** Takes back what was expected if it came out otherwise; nothing else may have been written since. */
    private boolean isMet(Decided expected, Decided decided) {
        // With the same reservations to begin with, the same answers leave the same ones behind.
        if (decided.answers.equals(expected.answers)) {
            met.increment();
            return true;
        }
        missed.increment();
        beforeExpected.returnTo();
        return false;
    }

    private static Decided decide(List<Received> received, Map<UUID, Reservation> known, Stock stock, SaleStock sales) {
        var decisions = new Decisions(known, stock, sales);
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

    private static Set<UUID> saleIds(List<Received> received, Collection<Reservation> known) {
        var saleIds = new HashSet<UUID>();
        for (var each : received) {
            switch (each.command()) {
                case StockCommand.Reserve reserve -> addIfAny(saleIds, reserve.saleId());
                case StockCommand.CloseSale close -> saleIds.add(close.saleId());
                case StockCommand.Commit commit -> {}
                case StockCommand.Release release -> {}
            }
        }
        for (var reservation : known) {
            switch (reservation) {
                case Reservation.Reserved reserved -> addIfAny(saleIds, reserved.saleId());
                case Reservation.Committed committed -> addIfAny(saleIds, committed.saleId());
                case Reservation.Rejected rejected -> {}
                case Reservation.Released released -> {}
            }
        }
        return saleIds;
    }

    private static void addIfAny(Set<UUID> saleIds, @Nullable UUID saleId) {
        if (saleId != null) {
            saleIds.add(saleId);
        }
    }

    private static Counter expectations(MeterRegistry meters, String met) {
        return Counter.builder("stock.expectations")
                .description("Large batches, by whether they were decided as expected before the lock.")
                .tag("met", met)
                .register(meters);
    }
}
