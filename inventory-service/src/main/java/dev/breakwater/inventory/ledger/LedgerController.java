package dev.breakwater.inventory.ledger;

import dev.breakwater.inventory.stock.StockFigures;
import dev.breakwater.platform.messaging.EventFigures;
import dev.breakwater.platform.messaging.MessagingLedger;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The service's part of the audit. */
@RestController
class LedgerController {

    private final Books books;
    private final LedgerCheck check;
    private final MessagingLedger messaging;

    LedgerController(Books books, LedgerCheck check, MessagingLedger messaging) {
        this.books = books;
        this.check = check;
        this.messaging = messaging;
    }

    record LedgerPage(Stock stock, Events events, List<String> violations) {}

    record Stock(long received, long onHand, long reserved, long setAside, long sold) {

        static Stock of(Map<String, Long> figures) {
            return new Stock(
                    figures.getOrDefault(StockFigures.RECEIVED, 0L),
                    figures.getOrDefault(StockFigures.ON_HAND, 0L),
                    figures.getOrDefault(StockFigures.RESERVED, 0L),
                    figures.getOrDefault(StockFigures.SET_ASIDE, 0L),
                    figures.getOrDefault(StockFigures.SOLD, 0L));
        }
    }

    /** @param inFlight always 0: a command is carried out and answered in one transaction */
    record Events(long outboxPending, long inFlight, long deadLetters, long lag) {

        static Events of(EventFigures figures) {
            return new Events(figures.outboxPending(), 0, figures.deadLetters(), figures.lag());
        }
    }

    @GetMapping("/internal/ledger")
    LedgerPage read(@RequestParam(required = false) @Nullable String depth) {
        var reading = "full".equals(depth) ? books.readAndCompare() : books.read();
        var violations = new TreeSet<>(reading.violations());
        violations.addAll(check.violations());
        return new LedgerPage(Stock.of(reading.figures()), Events.of(messaging.read()), List.copyOf(violations));
    }
}
